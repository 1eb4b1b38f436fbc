/** kill -9 while three people type: counts what was typed, what their pages showed as saved, and what is found after the start. */
import type { Page } from 'playwright-core'
import { seededRandom, thaiSentence, type Random } from '../../support/random-thai.ts'
import { allSaved, beginClause, caretAtEnd, clausesOn, type Writer } from './groups.ts'
import { expect, until, type Scene } from './scene.ts'

type Typing = {
  readonly who: Writer
  /** Letters that nobody else types; they find the clause again. */
  readonly tag: string
  text: string
  /** How many letters stood when the page last said that all is saved. */
  saved: number
  readonly strokes: number[]
}
export type Counts = {
  typed: number
  /** Typed until two seconds before the kill. */
  before: number
  /** How many of these the pages showed as saved. */
  kept: number
  saved: number
  found: number
  /** Letters that were shown as saved and are not found. */
  lost: number
  /** Clauses that stand more than once. */
  doubled: number
}

/** How many letters were typed up to a moment. */
const typedUntil = ({ strokes }: Typing, moment: number): number => strokes.filter((at) => at <= moment).length

/** The state that is painted, two frames after the last key. */
function shownState(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => resolve(document.querySelector('.save')?.getAttribute('data-state') ?? '')),
        )
      }),
  )
}

/** As people do: three to eight letters a second, and a breath after a word. */
const pauseAfter = (random: Random, count: number): number => 90 + random.integer(200) + (count % 9 === 0 ? 500 : 0)
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function typeUntil(
  typing: Typing,
  random: Random,
  letters: readonly string[],
  over: () => boolean,
): Promise<void> {
  const { page } = typing.who
  for (const letter of letters) {
    if (over()) return
    try {
      await page.keyboard.type(letter)
      typing.text += letter
      typing.strokes.push(performance.now())
      const count = typing.text.length
      await pause(pauseAfter(random, count))
      // Read before the next key: nothing was typed since, so that saved means all of it.
      if ((await shownState(page)) === 'saved' && !over()) typing.saved = count
    } catch (error) {
      if (over()) return
      throw error
    }
  }
  throw new Error('the text was at its end before the kill')
}

/** Begins a clause for each, below those that stand, that is found again by its tag; one after the other, as people at a table do not. */
export async function beginTyping(scene: Scene, people: readonly Writer[], standing: number): Promise<Typing[]> {
  const all: Typing[] = []
  for (const [index, who] of people.entries()) {
    await beginClause(who.page, 'background', standing + index)
    const tag = `${'กขค'[index]}${scene.random.integer(1_000_000)}`
    await who.page.keyboard.type(tag)
    await allSaved(who.page)
    const now = performance.now()
    all.push({ who, tag, text: tag, saved: tag.length, strokes: Array.from(tag, () => now) })
  }
  return all
}

type Standing = { readonly text: string; readonly copies: number }

/** The clause of a tag as a page shows it, and how often its tag stands there. */
async function clauseOf(page: Page, tag: string): Promise<Standing> {
  const holding = (await clausesOn(page)).filter((text) => text.includes(tag))
  return { text: holding[0] ?? '', copies: holding.join(' ').split(tag).length - 1 }
}

/** Waits until a clause stands once and holds what must be there; what is lost or doubled at the end is counted. */
async function arrived(page: Page, tag: string, due: string): Promise<Standing & { lost: number; doubled: number }> {
  const isThere = ({ text, copies }: Standing) => copies === 1 && text.startsWith(due)
  const last = { standing: { text: '', copies: 0 } as Standing }
  const look = async () => (last.standing = await clauseOf(page, tag))
  const there = await until(look, isThere, due).then(
    () => true,
    () => false,
  )
  const { text, copies } = last.standing
  const differs = [...due].findIndex((letter, index) => text[index] !== letter)
  return { text, copies, lost: there || differs < 0 ? 0 : due.length - differs, doubled: Math.max(0, copies - 1) }
}

/**
 * One kill. The first of the three loses the window with it, so that what was shown as saved can only come from the
 * server's folder; the other two keep theirs and everything they typed must arrive.
 * `reader` opens the draft afresh on a page of its own.
 */
export async function killOnce(scene: Scene, typings: readonly Typing[], reader: () => Promise<Page>): Promise<Counts> {
  const [first] = typings
  if (first === undefined) throw new Error('nobody types')
  let over = false
  const before = typings.map(({ text }) => text.length)
  const loops = typings.map((typing) => {
    const letters = Array.from({ length: 20 }, () => thaiSentence(scene.random))
      .join('')
      .replaceAll(' ', '')
    return typeUntil(typing, seededRandom(scene.random.integer(1e9)), [...letters], () => over)
  })
  const running = Promise.all(loops)
  running.catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 3_500 + scene.random.integer(2_500)))
  await scene.server.kill()
  const killed = performance.now()
  const typed = typings.map((typing) => typing.text.length)
  const due = typings.map((typing) => typedUntil(typing, killed - 2_000))
  const saved = typings.map((typing) => typing.saved)
  over = true
  const address = first.who.page.url()
  await Promise.all([running, first.who.page.close()])
  await scene.server.start()

  const page = await reader()
  const [savedOfFirst = 0] = saved
  const promised = first.text.slice(0, savedOfFirst)
  const seen = [await arrived(page, first.tag, promised)]
  for (const typing of typings.slice(1)) {
    await allSaved(typing.who.page)
    const there = await arrived(page, typing.tag, typing.text)
    expect(there.copies !== 1 || there.text.length <= typing.text.length, `${there.text} was never typed`)
    seen.push(there)
  }
  await scene.reopen(first.who)
  await first.who.page.goto(address)
  await allSaved(first.who.page)
  const again = await arrived(first.who.page, first.tag, promised)
  seen.push(again)
  const kept = again.text
  expect(first.text.startsWith(kept), `${kept} is not the beginning of ${first.text}`)
  const found = [kept.length, ...seen.slice(1, -1).map(({ text }) => text.length)]
  first.text = kept
  first.strokes.length = kept.length
  first.saved = kept.length
  await caretAtEnd(first.who.page, first.who.page.locator('p[data-clause]', { hasText: first.tag }))
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, one, index) => total + one - (before[index] ?? 0), 0)
  const most = (what: 'lost' | 'doubled') => seen.reduce((all, one) => all + one[what], 0)
  // Window by window: what one shows of its last two seconds makes up for nothing in another.
  const keptOfDue = due.map((count, index) => Math.min(count, saved[index] ?? 0))
  return {
    typed: sum(typed),
    before: sum(due),
    kept: sum(keptOfDue),
    saved: sum(saved),
    found: sum(found),
    lost: most('lost'),
    doubled: most('doubled'),
  }
}
