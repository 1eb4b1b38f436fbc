/** A store of the world with the journal's contract: what is asked comes late, is synced by rounds, fails, loses its answer, and forgets what was not synced. */
import {
  checkBatch,
  sameEntries,
  type AppendOutcome,
  type Base,
  type Entry,
  type Journal,
  type NewEntry,
} from '../../../server/journal/journal.ts'
import type { DraftId } from '../../../shared/ids.ts'
import { Owner, type World } from './world.ts'

/** What an append does to the entries of a draft: the ones to add, or the answer. The tests that must fail put others in its place. */
export type AppendRule = (
  stored: readonly Entry[],
  after: number,
  given: readonly NewEntry[],
) => Entry[] | AppendOutcome

const GONE = 'the store is gone'
const LOST = 'the answer was lost'
const FAILS = 'the store fails'
/** What the store says when it does not do what it should. */
export const STORE_FAILURES: readonly string[] = [GONE, LOST, FAILS]

const numbered = (given: readonly NewEntry[], after: number): Entry[] =>
  given.map((entry, at) => ({ ...entry, seq: after + 1 + at }))

/** The journal's own rule. */
export const exactly: AppendRule = (stored, after, given) => {
  const present = stored.length
  if (present < after) throw new Error(`the draft ends at entry ${present}, but ${after} was seen`)
  if (present === after) return numbered(given, after)
  const upTo = after + given.length
  const own = present >= upTo && sameEntries(stored.slice(after, upTo), given)
  return own ? { kind: 'appended', last: upTo } : { kind: 'behind', last: present }
}
/** A retry is not recognised: it is appended once more. */
export const retryUnrecognised: AppendRule = (stored, after, given) => {
  const outcome = exactly(stored, after, given)
  return 'kind' in outcome && outcome.kind === 'appended' ? numbered(given, stored.length) : outcome
}
/** Nobody looks at what the writer had seen. */
export const seqUnchecked: AppendRule = (stored, after, given) => {
  const own = exactly(stored, Math.min(after, stored.length), given)
  return 'kind' in own && own.kind === 'behind' ? numbered(given, stored.length) : own
}

export type StoreFaults = {
  /** The rule of appends, and whether answers wait for the sync. */
  readonly rule: AppendRule
  readonly sync: 'before answers' | 'some time later'
  /** Says of every draft that it has no entries, when asked where it ends. */
  readonly hidesEnds?: boolean
}
/** How the store behaves now; the world turns these. */
export type StoreWeather = { failing: boolean; slow: number; losesAnswers: number }

type Draft = { entries: Entry[]; base: Base | null; durable: number; durableBase: Base | null }
type Job = { readonly owner: Owner; readonly what: string; readonly run: () => unknown; readonly settle: Settle }
type Settle = (outcome: { readonly value: unknown } | { readonly error: Error }) => void

export class SimStore {
  readonly weather: StoreWeather = { failing: false, slow: 1, losesAnswers: 0 }
  /** Called with each entry at the moment when it is durable. */
  onDurable: (entry: Entry) => void = () => undefined
  /** Called when entries vanish that were not synced. */
  onLost: (count: number) => void = () => undefined
  private readonly world: World
  private readonly faults: StoreFaults
  private readonly drafts = new Map<string, Draft>()
  private readonly self = new Owner('store')
  private queue: Job[] = []
  private doing: readonly Job[] = []
  private busy = false
  private round = 0

  readonly isWithin: boolean

  /** `isWithin`: it runs within the server's process, as the embedded store does, and dies with it. */
  constructor(world: World, isWithin: boolean, faults: StoreFaults) {
    this.world = world
    this.isWithin = isWithin
    this.faults = faults
  }

  /** What is durable now. */
  durable(draft: DraftId, generation: number): { readonly entries: readonly Entry[]; readonly base: Base | null } {
    const { entries, durable, durableBase } = this.draft(draft, generation)
    return { entries: entries.slice(0, durable), base: durableBase }
  }

  /** The journal as one process reaches it: its questions travel, and so do the answers. */
  journal(owner: Owner): Journal {
    const ask = <Value>(what: string, run: () => Value): Promise<Value> =>
      new Promise((resolve, reject) => {
        const settle: Settle = (outcome) =>
          this.world.after(this.world.between(0.1, 2), owner, `answer ${what}`, () =>
            'error' in outcome ? reject(outcome.error) : resolve(outcome.value as Value),
          )
        this.world.after(this.world.between(0.1, 2), this.self, what, () => {
          if (owner.dead && this.isWithin) return
          this.queue.push({ owner, what, run, settle })
          this.begin()
        })
      })
    return {
      append: async (after, given) => {
        const { draft, generation } = checkBatch(given)
        return ask(`append ${given.length} after ${after}`, () => this.append(draft, generation, after, given))
      },
      read: (draft, generation, after) => ask('read', () => this.seen(draft, generation).slice(after)),
      last: (draft, generation) =>
        ask('last', () => (this.faults.hidesEnds === true ? 0 : this.seen(draft, generation).length)),
      base: (draft, generation) => ask('base', () => this.draft(draft, generation).base),
      putBase: (base) =>
        ask(`put base ${base.upTo}`, () => {
          const draft = this.draft(base.draft, base.generation)
          if ((draft.base?.upTo ?? 0) >= base.upTo) return false
          draft.base = base
          return true
        }),
    }
  }

  /**
   * The store stops and is there again: with the machine's power goes what was not synced, all of a round or nothing. Whoever lives and
   * asked hears that it failed; what a dead process asked is forgotten where the store runs within it, else it is still done.
   */
  crash(powerLost: boolean): void {
    this.round += 1
    this.busy = false
    let lost = 0
    if (powerLost && this.world.chance(0.7))
      for (const draft of this.drafts.values()) {
        lost += draft.entries.splice(draft.durable).length
        draft.base = draft.durableBase
      }
    this.sync()
    this.onLost(lost)
    for (const { settle } of this.doing) settle({ error: new Error(GONE) })
    this.doing = []
    this.queue = this.queue.filter(({ owner }) => !(owner.dead && this.isWithin))
    this.begin()
  }

  private append(id: DraftId, generation: number, after: number, given: readonly NewEntry[]): AppendOutcome {
    const { entries } = this.draft(id, generation)
    const made = this.faults.rule(entries, after, given)
    if ('kind' in made) return made
    entries.push(...made)
    return { kind: 'appended', last: entries.length }
  }

  /** One round: everything that waits is done, synced together, and then answered. */
  private begin(): void {
    if (this.busy || this.queue.length === 0) return
    this.busy = true
    const jobs = this.queue
    this.queue = []
    this.doing = jobs
    const { world } = this
    const answers = jobs.map((job): [Job, Parameters<Settle>[0]] => [job, this.done(job)])
    const finish = (): void => {
      this.doing = []
      for (const [job, answer] of answers) {
        // It is done, and whoever asked does not hear so.
        const isLost = 'value' in answer && world.chance(this.weather.losesAnswers)
        world.note(`${job.what} for ${job.owner.name}${'error' in answer ? ' fails' : isLost ? ', answer lost' : ''}`)
        job.settle(isLost ? { error: new Error(LOST) } : answer)
      }
    }
    const { round } = this
    const isLazy = this.faults.sync !== 'before answers'
    if (isLazy) finish()
    const ms = world.between(0.3, 6) * this.weather.slow + (isLazy ? world.between(50, 1500) : 0)
    world.after(ms, this.self, 'sync', () => {
      if (round !== this.round) return
      this.sync()
      if (!isLazy) finish()
      this.busy = false
      this.begin()
    })
  }

  private done({ run }: Job): Parameters<Settle>[0] {
    if (this.weather.failing) return { error: new Error(FAILS) }
    try {
      return { value: run() }
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  private sync(): void {
    for (const draft of this.drafts.values()) {
      const fresh = draft.entries.slice(draft.durable)
      draft.durable = draft.entries.length
      draft.durableBase = draft.base
      for (const entry of fresh) this.onDurable(entry)
    }
  }

  private seen(id: DraftId, generation: number): Entry[] {
    return this.draft(id, generation).entries
  }

  private draft(id: DraftId, generation: number): Draft {
    const key = `${id}.${generation}`
    let found = this.drafts.get(key)
    if (found === undefined) this.drafts.set(key, (found = { entries: [], base: null, durable: 0, durableBase: null }))
    return found
  }
}
