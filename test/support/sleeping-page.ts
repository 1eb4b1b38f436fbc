/** A page that can be frozen as a locked phone freezes it: playwright's own pages always believe that they are looked at, and never sleep. */
import type { Browser } from 'playwright-core'
import { until } from './waiting.ts'

type Answer = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string } }

export type SleepingPage = {
  evaluate<Value>(expression: string): Promise<Value>
  /** Resolves when the expression is true. */
  holds(expression: string): Promise<void>
  /** Clicks into the middle of an element. */
  click(selector: string): Promise<void>
  type(words: string): Promise<void>
  freeze(): Promise<void>
  wake(): Promise<void>
  close(): Promise<void>
}

/** Longest wait for something to hold: more than any promise, so that the test says which was broken. */
const HOLDS_MS = 30_000

/** Opens a page outside playwright's contexts, with one cookie. */
export async function openSleepingPage(
  browser: Browser,
  url: string,
  cookie: { readonly name: string; readonly value: string },
): Promise<SleepingPage> {
  const devtools = await browser.newBrowserCDPSession()
  const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: false })
  const answers = new Map<number, Answer>()
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer
    if (answer.id !== undefined) answers.set(answer.id, answer)
  })
  let last = 0
  async function send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = (last += 1)
    await devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    await until(method, () => answers.has(id))
    const { result, error } = answers.get(id) ?? {}
    if (error !== undefined) throw new Error(`${method}: ${error.message}`)
    return result as Result
  }
  async function evaluate<Value>(expression: string): Promise<Value> {
    const { result } = await send<{ result: { value: Value } }>('Runtime.evaluate', { expression, returnByValue: true })
    return result.value
  }
  await send('Network.setCookie', { ...cookie, url })
  await send('Page.navigate', { url })
  return {
    evaluate,
    holds: (expression) => until(expression, () => evaluate<boolean>(expression), HOLDS_MS),
    async click(selector) {
      const [x, y] = await evaluate<[number, number]>(
        `{ const place = document.querySelector(${JSON.stringify(selector)})
           place.scrollIntoView({ block: 'center' })
           const box = place.getBoundingClientRect()
           ;[box.x + box.width / 2, box.y + box.height / 2] }`,
      )
      for (const type of ['mousePressed', 'mouseReleased'])
        await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
    },
    type: async (words) => void (await send('Input.insertText', { text: words })),
    freeze: async () => void (await send('Page.setWebLifecycleState', { state: 'frozen' })),
    async wake() {
      await send('Page.setWebLifecycleState', { state: 'active' })
      await send('Page.bringToFront')
    },
    close: async () => void (await devtools.send('Target.closeTarget', { targetId })),
  }
}
