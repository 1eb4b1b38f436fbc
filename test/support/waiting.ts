/** How tests wait: until something holds, or for a time that is itself what is tried. */

/** Milliseconds between two looks; where a look asks somebody, they have other things to do. */
const LOOK_MS = 5
const ASK_MS = 50

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until `holds`; the error says what was waited for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 8000): Promise<void> {
  const end = Date.now() + ms
  for (;;) {
    const answer = holds()
    if (await answer) return
    if (Date.now() > end) throw new Error(`waited ${ms} ms for: ${what}`)
    await pause(answer instanceof Promise ? ASK_MS : LOOK_MS)
  }
}

/** Reads until it gave the same for `ms`, and returns that: for what is perhaps still under way, and does not say when it has come. */
export async function steady<Value>(read: () => Promise<Value>, ms = 200): Promise<Value> {
  let [value, since] = [await read(), Date.now()]
  while (Date.now() - since < ms) {
    await pause(ASK_MS)
    const next = await read()
    if (next !== value) [value, since] = [next, Date.now()]
  }
  return value
}
