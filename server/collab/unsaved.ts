/** What the store did not take before the process ended: kept in a file, and at the next start judged and appended as rooms do. */
import type { Announcer } from '../announce/events.ts'
import type { Journal, NewEntry } from '../journal/journal.ts'
import { putAside, readSpool, removeSpool, spoolsIn, writeSpool } from '../journal/spool.ts'
import type { DraftId } from '../../shared/ids.ts'
import type { DraftPlace } from './draft-place.ts'
import { judgeUpdate } from './guard.ts'
import { RoomText } from './room-text.ts'
import type { RefusalCode, Rule } from './rules.ts'

/** Tries against other nodes whose entries come first. */
const TRIES = 20

export type UnsavedDeps = {
  readonly dataDir: string
  readonly journal: Journal
  readonly announcer: Announcer
  readonly draftOf: (id: DraftId) => Promise<DraftPlace | null>
  /** Whether an error only says that the store does not answer now. */
  readonly isAway: (error: unknown) => boolean
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void }
}

/** `taken`: it is in the journal now. `known`: it was there. `failed`: the store could not say. Anything else: why it was refused. */
type Fate = 'taken' | 'known' | 'failed' | 'no such draft' | 'old generation' | 'no edit' | RefusalCode | Rule

export function createUnsaved({ dataDir, journal, announcer, draftOf, isAway, log }: UnsavedDeps) {
  /** Appends entries of one draft and generation; says of each what became of it. */
  async function append(id: DraftId, generation: number, entries: readonly NewEntry[]): Promise<Fate[]> {
    const draft = await draftOf(id)
    if (draft === null || draft.generation !== generation)
      return entries.map(() => (draft === null ? 'no such draft' : 'old generation'))
    const text = await RoomText.read(draft, journal)
    for (let tries = 0; tries < TRIES; tries++) {
      const fresh: NewEntry[] = []
      const fates = entries.map((entry) => judge(entry, text, fresh))
      if (fresh.length === 0) return fates
      const outcome = await journal.append(text.seq, fresh)
      if (outcome.kind === 'appended') {
        const { workshop, group } = draft
        announcer.announce({ kind: 'draft-appended', draft: id, generation, seq: outcome.last, workshop, group })
        return fates
      }
      text.known.takeBack()
      for (const other of await journal.read(id, generation, text.seq)) text.takeIn(other, true)
    }
    throw new Error(`others write into draft ${id} all the time`)
  }

  async function takeInFile(file: string): Promise<void> {
    const { entries, unreadable } = readSpool(file)
    const fates = new Map<Fate, number>()
    const refused = new Set<DraftId>()
    await Promise.all(
      byDraft(entries).map(async (some) => {
        const [{ draft, generation }] = some
        const found = await append(draft, generation, some).catch((error: unknown): Fate[] => {
          if (isAway(error)) throw error
          log.error({ err: error, file, draft }, 'edits of an earlier end could not be taken in')
          return some.map(() => 'failed')
        })
        for (const fate of found) {
          fates.set(fate, (fates.get(fate) ?? 0) + 1)
          if (fate !== 'taken' && fate !== 'known') refused.add(draft)
        }
      }),
    )
    const { taken = 0, known = 0, failed = 0, ...others } = Object.fromEntries(fates)
    const said = { taken, known, unreadable, others, drafts: [...refused] }
    if (failed > 0)
      log.error(
        { file, failed, ...said },
        'edits that an earlier end could not save stay in their file for the next start',
      )
    else if (unreadable > 0 || refused.size > 0)
      log.error(
        { file: putAside(file), ...said },
        'some of the edits that an earlier end could not save are refused or cannot be read, and are kept aside in this file: the devices of those who typed them have them too. Where drafts or sections are closed, open them, take .aside off the name of the file, and start again',
      )
    else {
      removeSpool(file)
      log.warn({ taken, known }, 'edits that an earlier end could not save are in the store now')
    }
  }

  return {
    /** Called before anybody is let in. Rejects when the store is away: the files wait for the next start. */
    async takeIn(): Promise<void> {
      for (const file of spoolsIn(dataDir))
        await takeInFile(file).catch((error: unknown) => {
          if (isAway(error)) throw error
          log.error({ err: error, file }, 'a file of edits that an earlier end could not save cannot be read')
        })
    },
    /** Puts entries into a file of the data folder; each draft's are in order. Says loudly where they are, or that they are nowhere. */
    keep(entries: readonly NewEntry[]): void {
      const said = { edits: entries.length, drafts: new Set(entries.map(({ draft }) => draft)).size }
      try {
        const file = writeSpool(dataDir, entries)
        log.error(
          { file, ...said },
          'the store does not take what people typed: it is in this file, and the next start takes it in',
        )
      } catch (error) {
        log.error(
          { err: error, ...said },
          'neither the store nor the data folder takes what people typed: it is on their devices only, which send it again',
        )
      }
    },
  }
}

type Some = [NewEntry, ...NewEntry[]]

/** The entries of each draft and generation, in their order. */
function byDraft(entries: readonly NewEntry[]): readonly Some[] {
  const found = new Map<string, Some>()
  for (const entry of entries) {
    const key = `${entry.draft}.${entry.generation}`
    const others = found.get(key)
    if (others === undefined) found.set(key, [entry])
    else others.push(entry)
  }
  return [...found.values()]
}

/** As rooms judge: permission is that of the time of typing, when the frame was taken; closings and locks stand in the journal. */
function judge(entry: NewEntry, text: RoomText, fresh: NewEntry[]): Fate {
  const { kind, by, bytes } = entry
  if (kind !== 'update' || by === 'server') return 'no edit'
  const { known, locked } = text
  const verdict = judgeUpdate(bytes, known, { sender: by, awaited: true, locked })
  if (verdict.kind === 'known') return 'known'
  if (verdict.kind === 'malformed') return verdict.rule
  if (text.closedAt !== null) return 'draft-closed'
  switch (verdict.kind) {
    // What was refused before may be what it stands on.
    case 'missing':
      return 'missing predecessor'
    case 'locked':
      return 'section-locked'
    case 'too-large':
      return 'too-large'
    case 'new':
      if (!text.hasRoomFor(bytes)) return 'too-large'
      known.take(verdict.addition, by)
      fresh.push({ ...entry, bytes: verdict.bytes })
      return 'taken'
  }
}
