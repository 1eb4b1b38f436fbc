/** The draft worker as services call it: each question with its own kind of answer. */
import type { AuthoredSection } from '../../shared/drafting/authorship/authors.ts'
import type { SentEntry } from '../../shared/drafting/authorship/letter-book.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { JournalEntry, Moment } from '../../shared/drafting/moments.ts'
import type { DraftDigest, Missing } from '../../shared/drafting/progress.ts'
import type { RestoreOutcome, RestoreWish } from '../../shared/drafting/restore.ts'
import type { DraftAnswer, DraftRequest } from './draft-worker.ts'
import type { FrozenDraft, SentUpdate } from './freezing.ts'
import { createWorkerThread } from './worker-thread.ts'

type Updates = readonly Uint8Array[]
export type DraftPool = {
  seed(template: string, content: DraftContent | null): Promise<Uint8Array>
  read(
    template: string,
    updates: Updates,
  ): Promise<{ readonly content: DraftContent; readonly missing: readonly Missing[] }>
  digest(template: string, updates: Updates): Promise<DraftDigest>
  /** The update that turns the text into `target`; null when it already is. */
  patch(template: string, updates: Updates, target: DraftContent): Promise<Uint8Array | null>
  compact(updates: Updates): Promise<Uint8Array>
  /** Everything beyond a state vector, and all deletions. */
  missing(updates: Updates, state: Uint8Array): Promise<Uint8Array>
  /** What a submission freezes; `updates` are all the entries, with their senders. */
  freeze(template: string, updates: readonly SentUpdate[]): Promise<FrozenDraft>
  /** Who typed and deleted what, as of entry `seq`; `entries` are all updates of the journal. */
  authors(template: string, entries: readonly SentEntry[], seq: number): Promise<readonly AuthoredSection[]>
  /** The moments that somebody may want back, the newest first; `entries` are all of the journal. */
  moments(template: string, entries: readonly JournalEntry[]): Promise<readonly Moment[]>
  /** The update that brings an older text back, and what it is made of. */
  restore(template: string, entries: readonly SentEntry[], wish: RestoreWish): Promise<RestoreOutcome>
  close(): Promise<void>
}

export function createDraftPool(): DraftPool {
  const thread = createWorkerThread<DraftRequest, DraftAnswer>(import.meta.url, 'draft-worker')
  const bytes = async (request: DraftRequest): Promise<Uint8Array | null> => {
    const answer = await thread.ask(request)
    if (answer.kind !== 'bytes') throw new Error(`unexpected answer ${answer.kind}`)
    return answer.bytes
  }
  const present = (given: Uint8Array | null): Uint8Array => {
    if (given === null) throw new Error('the worker gave no update')
    return given
  }
  return {
    seed: async (template, content) => present(await bytes({ kind: 'seed', template, content })),
    async read(template, updates) {
      const answer = await thread.ask({ kind: 'read', template, updates })
      if (answer.kind !== 'content') throw new Error(`unexpected answer ${answer.kind}`)
      return { content: answer.content, missing: answer.missing }
    },
    async digest(template, updates) {
      const answer = await thread.ask({ kind: 'digest', template, updates })
      if (answer.kind !== 'digest') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.digest
    },
    patch: (template, updates, target) => bytes({ kind: 'patch', template, updates, target }),
    compact: async (updates) => present(await bytes({ kind: 'compact', updates })),
    missing: async (updates, state) => present(await bytes({ kind: 'missing', updates, state })),
    async freeze(template, updates) {
      const answer = await thread.ask({ kind: 'freeze', template, updates })
      if (answer.kind !== 'frozen') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.frozen
    },
    async authors(template, entries, seq) {
      const answer = await thread.ask({ kind: 'authors', template, entries, seq })
      if (answer.kind !== 'authors') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.sections
    },
    async moments(template, entries) {
      const answer = await thread.ask({ kind: 'moments', template, entries })
      if (answer.kind !== 'moments') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.moments
    },
    async restore(template, entries, wish) {
      const answer = await thread.ask({ kind: 'restore', template, entries, wish })
      if (answer.kind !== 'restored') throw new Error(`unexpected answer ${answer.kind}`)
      return answer.restored
    },
    close: () => thread.close(),
  }
}
