/** Appends of all rooms of a process as one message to the store's worker and one commit there; packed, because a message costs by its objects. */
import type { AppendOutcome, Entry, NewEntry } from './journal.ts'

/** One append as it was asked for. */
export type Append = { readonly after: number; readonly entries: readonly NewEntry[] }

/** Appends as few flat lists: `bytes` holds those of every entry, one behind the other. */
export type PackedAppends = {
  readonly afters: readonly number[]
  readonly drafts: readonly Entry['draft'][]
  readonly generations: readonly number[]
  /** How many entries each append has. */
  readonly counts: readonly number[]
  readonly kinds: readonly Entry['kind'][]
  readonly senders: readonly Entry['by'][]
  readonly times: readonly number[]
  readonly sizes: readonly number[]
  readonly bytes: Uint8Array
}

/** What became of one append; of several, each hears of its own fate. */
export type AppendAnswer<Failed> = AppendOutcome | { readonly kind: 'failed'; readonly failed: Failed }

/** Each append's entries must share their draft and generation (checkBatch). */
export function packAppends(appends: readonly Append[]): PackedAppends {
  const entries = appends.flatMap((append) => append.entries)
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + entry.bytes.length, 0))
  let at = 0
  for (const entry of entries) {
    bytes.set(entry.bytes, at)
    at += entry.bytes.length
  }
  return {
    afters: appends.map(({ after }) => after),
    drafts: appends.map((append) => append.entries[0]!.draft),
    generations: appends.map((append) => append.entries[0]!.generation),
    counts: appends.map((append) => append.entries.length),
    kinds: entries.map(({ kind }) => kind),
    senders: entries.map(({ by }) => by),
    times: entries.map((entry) => entry.at),
    sizes: entries.map((entry) => entry.bytes.length),
    bytes,
  }
}

/** The entries' bytes are views of the one buffer. */
export function unpackAppends(packed: PackedAppends): Append[] {
  let entry = 0
  let at = 0
  return packed.afters.map((after, index) => {
    const draft = packed.drafts[index]!
    const generation = packed.generations[index]!
    const entries = Array.from({ length: packed.counts[index]! }, (): NewEntry => {
      const from = at
      at += packed.sizes[entry]!
      const bytes = packed.bytes.subarray(from, at)
      const made = {
        draft,
        generation,
        kind: packed.kinds[entry]!,
        by: packed.senders[entry]!,
        at: packed.times[entry]!,
        bytes,
      }
      entry += 1
      return made
    })
    return { after, entries }
  })
}

type Waiting = Append & {
  readonly resolve: (outcome: AppendOutcome) => void
  readonly reject: (error: unknown) => void
}

/**
 * Gathers: a message goes at the end of the turn, but not while one is on its way. A commit and two wake-ups of threads are shared by all that
 * came meanwhile.
 */
export function gatherAppends<Failed>(
  send: (packed: PackedAppends) => Promise<readonly AppendAnswer<Failed>[]>,
  asError: (failed: Failed) => Error,
): (after: number, entries: readonly NewEntry[]) => Promise<AppendOutcome> {
  let waiting: Waiting[] = []
  let isBusy = false

  function schedule(): void {
    if (isBusy || waiting.length === 0) return
    isBusy = true
    setImmediate(() => void flush())
  }

  async function flush(): Promise<void> {
    const sent = waiting
    waiting = []
    try {
      const answers = await send(packAppends(sent))
      for (const [at, { resolve, reject }] of sent.entries()) {
        const answer = answers[at]
        if (answer === undefined) reject(new Error('the store gave no answer'))
        else if (answer.kind === 'failed') reject(asError(answer.failed))
        else resolve(answer)
      }
    } catch (error) {
      for (const { reject } of sent) reject(error)
    }
    isBusy = false
    schedule()
  }

  return (after, entries) =>
    new Promise((resolve, reject) => {
      waiting.push({ after, entries, resolve, reject })
      schedule()
    })
}
