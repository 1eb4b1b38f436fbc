/** Several people type words at once while something befalls them; afterwards every word must be there once, for all. */
import type { DraftSync } from '../../client/sync/draft-sync.ts'
import { countFault } from './fault-tally.ts'
import { randomOf } from '../../shared/random.ts'
import { pause, until } from './waiting.ts'
import { tallyOf, textOf, typeWord, wordsOf } from './words.ts'

/** Which typing of this process it is: its words are told from those of the others. */
let turn = 0

/** Everybody types until `meanwhile` is done; then all texts must be one, with every word once. Returns how many words. */
export async function allTyped(
  writers: readonly { readonly sync: DraftSync }[],
  fault: { readonly name: string; readonly times: number },
  meanwhile: () => Promise<void>,
): Promise<number> {
  const draw = randomOf(7)
  const mark = `t${(turn += 1)}`
  const typed: string[] = []
  let typing = true
  const hands = writers.map(async ({ sync }, at) => {
    for (let n = 0; typing; n++) {
      const word = `<${mark}x${at}x${n}>`
      typeWord(sync, word, draw())
      typed.push(word)
      await pause(5 + draw() * 10)
    }
  })
  await meanwhile().finally(() => (typing = false))
  await Promise.all(hands)
  await until('everything is saved', () => writers.every(({ sync }) => sync.status.save === 'saved'), 30_000)
  const [first] = writers
  await until('all hold one text', () => writers.every(({ sync }) => textOf(sync) === textOf(first!.sync)), 20_000)
  const found = wordsOf(textOf(first!.sync)).filter((word) => word.startsWith(`<${mark}x`))
  countFault(fault.name, {
    times: fault.times,
    typed: typed.length,
    acknowledged: typed.length,
    ...tallyOf(typed, found),
  })
  return typed.length
}
