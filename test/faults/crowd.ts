/** People who type at a given speed with the product's own client, and a ledger of every letter: what was typed, what was called saved, what is there. */
import * as Y from 'yjs'
import { DraftSync } from '../../client/sync/draft-sync.ts'
import type { Journal } from '../../server/journal/journal.ts'
import { newDraftDoc, sectionRoot } from '../../shared/drafting/document.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import type { DraftId } from '../../shared/ids.ts'
import { socketWith } from '../support/collab-server.ts'
import { fetchWith } from '../support/raw-http-client.ts'
import { until } from '../support/waiting.ts'
import type { Seat } from './crowd-site.ts'

const SECTIONS: readonly SectionId[] = ['background', 'minority_view']
/** No pair of halves among them: whoever types between the two would change them, as Yjs does. */
const LETTERS = ['ก', 'ข', 'เ', 'ี', '่', 'a', '1', ' ', 'ที่']
const TICK_MS = 20

// y-websocket listens once for the end of the process in every page.
process.setMaxListeners(0)

/** One edit of one person, by which it is found again: the client id and clock under which Yjs keeps its letters. */
type Edit = { readonly client: number; readonly clock: number; readonly letters: string }

export class Writer {
  readonly seat: Seat
  readonly sync: DraftSync
  readonly edits: Edit[] = []

  private constructor(seat: Seat, sync: DraftSync) {
    this.seat = seat
    this.sync = sync
  }

  static async enter(seat: Seat, port: number, WebSocketClass = socketWith(seat.cookie)): Promise<Writer> {
    const { cookie, person, draft } = seat
    const origin = `http://127.0.0.1:${port}`
    const fetch = fetchWith({ cookie })
    return new Writer(seat, await DraftSync.open({ person, draft, generation: 1, origin, WebSocketClass, fetch }))
  }

  /** Edits that the server has called durable: the queue holds the others, and empties in the order of typing. */
  get acknowledged(): number {
    return this.edits.length - this.sync.unsent
  }

  /** A few letters somewhere in a section. */
  type(draw: () => number): void {
    const { back } = this.sync
    const root = sectionRoot(back, SECTIONS[Math.floor(draw() * SECTIONS.length)]!)
    const letters = LETTERS[Math.floor(draw() * LETTERS.length)]!
    const clock = Y.getState(back.store, back.clientID)
    root.insert(Math.floor(draw() * (root.length + 1)), letters)
    this.edits.push({ client: back.clientID, clock, letters })
  }
}

export class Crowd {
  readonly writers: readonly Writer[]
  private readonly perSecond: number
  private readonly draw: () => number
  private timer: ReturnType<typeof setInterval> | undefined

  private constructor(writers: readonly Writer[], perSecond: number, draw: () => number) {
    this.writers = writers
    this.perSecond = perSecond
    this.draw = draw
  }

  /** Everybody enters; resolves when all have their text. `ports` are gone through in turn. */
  static async enter(
    seats: readonly Seat[],
    ports: readonly number[],
    perSecond: number,
    draw: () => number,
    ms?: number,
  ): Promise<Crowd> {
    const writers = await Promise.all(seats.map((seat, at) => Writer.enter(seat, ports[at % ports.length]!)))
    const crowd = new Crowd(writers, perSecond, draw)
    await crowd.synced(ms).catch((error: unknown) => {
      crowd.leave()
      throw error
    })
    return crowd
  }

  /** All type in turn, so many edits a second in sum, however late the clock strikes. */
  begin(): void {
    const from = performance.now()
    let done = 0
    this.timer = setInterval(() => {
      const due = Math.floor(((performance.now() - from) / 1000) * this.perSecond)
      for (; done < due; done++) this.writers[done % this.writers.length]!.type(this.draw)
    }, TICK_MS)
  }

  rest(): void {
    clearInterval(this.timer)
  }

  leave(): void {
    this.rest()
    for (const { sync } of this.writers) sync.destroy()
  }

  get typed(): number {
    return this.writers.reduce((sum, { edits }) => sum + edits.length, 0)
  }

  get acknowledged(): number {
    return this.writers.reduce((sum, writer) => sum + writer.acknowledged, 0)
  }

  /** Every edit of each. */
  edits(): Map<Writer, readonly Edit[]> {
    return new Map(this.writers.map((writer) => [writer, writer.edits]))
  }

  /** Each draft as one of them holds it. */
  held(): Map<DraftId, Y.Doc> {
    return new Map(this.writers.map(({ seat, sync }) => [seat.draft, sync.back]))
  }

  /** Every edit that each was told is durable, up to this moment. */
  acknowledgedEdits(): Map<Writer, readonly Edit[]> {
    return new Map(this.writers.map((writer) => [writer, writer.edits.slice(0, writer.acknowledged)]))
  }

  synced(ms = 60_000): Promise<void> {
    return until('all are connected and have the text', () => this.writers.every(({ sync }) => sync.status.synced), ms)
  }

  saved(ms = 60_000): Promise<void> {
    const left = (): number => this.writers.filter(({ sync }) => sync.status.save !== 'saved').length
    return until('all is saved', () => left() === 0, ms)
  }

  /** Whoever has a draft holds the same text of it. */
  agreed(ms = 60_000): Promise<void> {
    const held = this.held()
    const agrees = ({ seat, sync }: Writer): boolean => lettersOf(sync.back) === lettersOf(held.get(seat.draft)!)
    return until('all hold one text', () => this.writers.every(agrees), ms)
  }

  disconnected(ms = 60_000): Promise<void> {
    return until('all have lost the server', () => this.writers.every(({ sync }) => !sync.status.connected), ms)
  }
}

const lettersOf = (doc: Y.Doc): string => SECTIONS.map((section) => sectionRoot(doc, section).toString()).join()

/** What a store has of each draft, entry by entry. */
export async function textsOf(journal: Journal, drafts: readonly DraftId[]): Promise<Map<DraftId, Y.Doc>> {
  const texts = new Map<DraftId, Y.Doc>()
  for (const draft of drafts) {
    const doc = newDraftDoc()
    const entries = await journal.read(draft, 1, 0)
    doc.transact(() => {
      for (const { kind, bytes } of entries) if (kind === 'update') Y.applyUpdate(doc, bytes)
    })
    texts.set(draft, doc)
  }
  return texts
}

/** How many of these edits are not there, letter by letter. */
export function missing(edits: ReadonlyMap<Writer, readonly Edit[]>, texts: ReadonlyMap<DraftId, Y.Doc>): number {
  let lost = 0
  for (const [{ seat }, typed] of edits) {
    const doc = texts.get(seat.draft)!
    lost += typed.filter((edit) => !has(doc, edit)).length
  }
  return lost
}

/** Letters that stand there beside those that were typed: whatever was put in twice. */
export function surplus(edits: ReadonlyMap<Writer, readonly Edit[]>, texts: ReadonlyMap<DraftId, Y.Doc>): number {
  let letters = 0
  for (const doc of texts.values())
    for (const section of SECTIONS)
      for (const { insert } of sectionRoot(doc, section).toDelta() as { insert: unknown }[])
        if (typeof insert === 'string') letters += insert.length
  for (const typed of edits.values()) for (const edit of typed) letters -= edit.letters.length
  return letters
}

function has(doc: Y.Doc, { client, clock, letters }: Edit): boolean {
  const structs = doc.store.clients.get(client)
  if (structs === undefined || Y.getState(doc.store, client) < clock + letters.length) return false
  let found = ''
  for (let at = clock; at < clock + letters.length;) {
    const item = structs[Y.findIndexSS(structs, at)]
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) return false
    const within = at - item.id.clock
    const piece = item.content.str.slice(within, within + clock + letters.length - at)
    found += piece
    at += piece.length
  }
  return found === letters
}
