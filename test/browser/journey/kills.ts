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
type Counts = { typed: number; before: number; saved: number; found: number }

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

/** The clause of a tag on a page; '' when it is not there, and an error when it is there twice. */
async function clauseOf(page: Page, tag: string): Promise<string> {
  const holding = (await clausesOn(page)).filter((text) => text.includes(tag))
  expect(holding.length <= 1 && (holding[0]?.split(tag).length ?? 2) === 2, `${tag} is there twice`)
  return holding[0] ?? ''
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
  await until(
    () => clauseOf(page, first.tag),
    (text) => text.startsWith(promised),
    `${promised} was shown as saved`,
  )
  for (const typing of typings.slice(1)) {
    await allSaved(typing.who.page)
    await until(
      () => clauseOf(page, typing.tag),
      (text) => text === typing.text,
      `${typing.who.name} typed ${typing.text}`,
    )
  }
  await scene.reopen(first.who)
  await first.who.page.goto(address)
  await allSaved(first.who.page)
  const kept = await until(
    () => clauseOf(first.who.page, first.tag),
    (text) => text.startsWith(promised),
    promised,
  )
  expect(first.text.startsWith(kept), `${kept} is not the beginning of ${first.text}`)
  const found = [kept.length, ...typings.slice(1).map(({ text }) => text.length)]
  first.text = kept
  first.strokes.length = kept.length
  first.saved = kept.length
  await caretAtEnd(first.who.page, first.who.page.locator('p[data-clause]', { hasText: first.tag }))
  const sum = (numbers: readonly number[]) =>
    numbers.reduce((total, one, index) => total + one - (before[index] ?? 0), 0)
  return { typed: sum(typed), before: sum(due), saved: sum(saved), found: sum(found) }
}
