/** One draft's live room: judges what members send, appends it, sends what is durable to the others, acknowledges. */
import type { Announcer } from '../announce/events.ts'
import type { Base, Entry, Journal, NewEntry } from '../journal/journal.ts'
import type { DraftId, GroupId, WorkshopId } from '../../shared/ids.ts'
import { appendUntilAnswered } from './appending.ts'
import { ByteReader } from './byte-reader.ts'
import { acknowledgedFrame, CLOSE, EMPTY_STEP2, MESSAGE, refusedFrame, SYNC } from './frames.ts'
import type { RefusalCode } from './frames.ts'
import { judgeUpdate, learnUpdate } from './judge.ts'
import type { Member } from './member.ts'
import { Paced } from './paced.ts'
import { RoomPresence } from './presence.ts'
import { RoomText } from './room-text.ts'

/** What a room needs to know of its draft. */
export type DraftPlace = {
  readonly id: DraftId
  readonly generation: number
  readonly workshop: WorkshopId
  /** Null for the consolidated proposal. */
  readonly group: GroupId | null
}

export type RoomDeps = {
  readonly journal: Journal
  readonly announcer: Announcer
  readonly failed: (error: unknown, during: string) => void
}

/** A draft stops growing here; MongoDB's document limit is 16 MB. */
const LARGEST_DRAFT = 8 * 1024 * 1024
/** Most bytes of one append. */
const BATCH_BYTES = 4 * 1024 * 1024
/** With this much not yet durable the store is failing: connections are sent away and keep their edits. */
const MOST_PENDING = 16 * 1024 * 1024
/** Between two answers to the step 1 of one connection. */
const STEP1_PAUSE_MS = 200

/** An update-bearing frame that was taken: its update, the how-manieth of its connection it is. */
type Taken = {
  readonly member: Member
  readonly nth: number
  readonly step: number
  readonly bytes: Uint8Array
  readonly at: number
  /** Null where nothing is new: it is only acknowledged, in its turn. */
  readonly entry: NewEntry | null
  /** The count to acknowledge once it is durable; 0 while the connection's count stands still. */
  readonly ackTo: number
}

export class Room {
  readonly draft: DraftPlace
  readonly members = new Set<Member>()
  readonly presence: RoomPresence
  private readonly deps: RoomDeps
  private readonly text: RoomText
  private pending: Taken[] = []
  private pendingBytes = 0
  private running: Promise<void> | null = null
  private followWanted = false
  private readonly answers = new Paced(STEP1_PAUSE_MS, (member) => this.answer(member))

  constructor(draft: DraftPlace, text: RoomText, deps: RoomDeps) {
    this.draft = draft
    this.text = text
    this.deps = deps
    this.presence = new RoomPresence(this.members, () => {
      const { workshop, group, id } = draft
      deps.announcer.announce({ kind: 'presence-changed', workshop, group, draft: id })
    })
  }

  /** Loads base and entries; never answers anybody before that. */
  static async load(draft: DraftPlace, deps: RoomDeps): Promise<Room> {
    const base = await deps.journal.base(draft.id, draft.generation)
    const entries = await deps.journal.read(draft.id, draft.generation, 0)
    return new Room(draft, new RoomText(base, entries), deps)
  }

  get lastSeq(): number {
    return this.text.seq
  }
  get idle(): boolean {
    return this.members.size === 0 && this.pending.length === 0 && this.running === null
  }
  /** What is compacted next: the base and the updates since. */
  get compactable(): RoomText['compactable'] {
    return this.text.compactable
  }

  /** Replaces base and tail by a newer base. */
  useBase(base: Base): void {
    this.text.useBase(base)
  }

  join(member: Member): void {
    this.members.add(member)
  }

  leave(member: Member): void {
    this.members.delete(member)
    this.presence.leave(member)
    this.answers.forget(member)
  }

  /** One binary frame of a member. Throws Malformed. */
  receive(member: Member, frame: Uint8Array): void {
    const reader = new ByteReader(frame)
    const message = reader.uint()
    if (message === MESSAGE.sync) {
      const step = reader.uint()
      const payload = reader.block()
      reader.end()
      if (step === SYNC.step1) this.answers.ask(member)
      else if (step === SYNC.step2 || step === SYNC.update) this.receiveUpdate(member, step, payload)
      else member.close(CLOSE.malformed, 'unknown sync step')
    } else if (message === MESSAGE.presence) {
      const payload = reader.block()
      reader.end()
      this.presence.receive(member, payload)
    } else if (message === MESSAGE.queryPresence) this.presence.greet(member)
    else member.close(CLOSE.malformed, 'unknown message')
  }

  /** The access of a member was decided again. */
  accessChanged(member: Member): void {
    if (member.gap && this.writable(member)) member.send(this.text.question)
  }

  /** Entries came from elsewhere (a service, another node): reads them before anything else is appended. */
  follow(): void {
    this.followWanted = true
    this.run()
  }

  /** Resolves when everything taken is durable or refused. */
  async settled(): Promise<void> {
    while (this.running !== null) await this.running
  }

  stop(): void {
    this.presence.stop()
    this.answers.stop()
    for (const member of this.members) member.close(1001, 'closing')
  }

  private writable(member: Member): boolean {
    return this.text.closedAt === null && member.access === 'write'
  }

  private receiveUpdate(member: Member, step: number, bytes: Uint8Array): void {
    member.received += 1
    if (this.pendingBytes > MOST_PENDING) return member.close(1013, 'try again later')
    // The payload is a view of the whole frame, which may be a view of a larger buffer: what is kept is a copy.
    const taken = this.judge({ member, nth: member.received, step, bytes: bytes.slice(), at: Date.now() })
    if (taken !== null) this.push(taken)
    this.run()
  }

  /** The three answers to a frame (QUALITY): taken; not allowed now (101); malformed (closed); or a predecessor is missing (asked for). */
  private judge(frame: Omit<Taken, 'entry' | 'ackTo'>): Taken | null {
    const { member, nth, step, bytes, at } = frame
    const decisions = this.draft.group === null
    const verdict = judgeUpdate(bytes, this.text.known, member.person, { awaited: member.gap, decisions })
    switch (verdict.kind) {
      case 'malformed':
        member.gap = true
        member.close(verdict.rule === 'foreign client id' ? CLOSE.forbidden : CLOSE.malformed, verdict.rule)
        return null
      case 'missing':
        if (!this.writable(member)) return this.refuse(member)
        if (step === SYNC.step2) member.close(CLOSE.malformed, 'missing predecessor')
        else if (!member.gap) member.send(this.text.question)
        member.gap = true
        return null
      case 'too-large':
        return this.refuse(member, 'too-large')
      case 'known':
        if (step === SYNC.step2) member.gap = false
        return { ...frame, entry: null, ackTo: member.gap ? 0 : nth }
      case 'new': {
        if (!this.writable(member)) return this.refuse(member)
        if (this.text.size + bytes.length > LARGEST_DRAFT) return this.refuse(member, 'too-large')
        if (step === SYNC.step2) member.gap = false
        for (const [client, clock] of verdict.fresh) {
          this.text.known.clocks.set(client, clock)
          this.text.known.owners.set(client, member.person)
        }
        const { id: draft, generation } = this.draft
        const entry: NewEntry = { draft, generation, kind: 'update', by: member.person, at, bytes }
        return { ...frame, entry, ackTo: member.gap ? 0 : nth }
      }
    }
  }

  private refuse(member: Member, code?: RefusalCode): null {
    member.gap = true
    if (member.asksAck)
      member.send(
        refusedFrame(
          code ?? (this.text.closedAt === null ? 'read-only' : 'draft-closed'),
          this.text.closedAt ?? this.text.seq,
        ),
      )
    return null
  }

  private push(taken: Taken): void {
    this.pending.push(taken)
    this.pendingBytes += taken.bytes.length
  }

  /** A commit starts when the one before is done, or at once; what comes meanwhile is the next batch. */
  private run(): void {
    if (this.running !== null || (this.pending.length === 0 && !this.followWanted)) return
    this.running = this.work()
      .catch((error: unknown) => this.deps.failed(error, 'appending'))
      .finally(() => {
        this.running = null
        this.run()
      })
  }

  private async work(): Promise<void> {
    while (this.pending.length > 0 || this.followWanted) {
      if (this.followWanted) {
        this.followWanted = false
        await this.catchUp()
      }
      const batch = this.nextBatch()
      const entries = batch.flatMap(({ entry }) => (entry === null ? [] : [entry]))
      if (entries.length > 0 && (await this.append(entries)) === 'behind') {
        await this.catchUp()
        this.judgeAgain(batch)
        continue
      }
      for (const { member, entry } of batch)
        if (entry !== null) this.takeIn({ ...entry, seq: this.text.seq + 1 }, member)
      for (const { member, ackTo } of batch) member.acknowledged = Math.max(member.acknowledged, ackTo)
      for (const member of new Set(batch.filter(({ ackTo }) => ackTo > 0).map(({ member }) => member)))
        if (member.asksAck) member.send(acknowledgedFrame(member.acknowledged))
      if (entries.length > 0) this.announceAppended()
    }
  }

  private nextBatch(): Taken[] {
    let size = 0
    let count = 0
    while (count < this.pending.length && (count === 0 || size < BATCH_BYTES)) {
      size += this.pending[count]?.bytes.length ?? 0
      count += 1
    }
    const batch = this.pending.splice(0, count)
    this.pendingBytes -= size
    return batch
  }

  private async append(entries: readonly NewEntry[]): Promise<'appended' | 'behind'> {
    const failed = (error: unknown): void => this.deps.failed(error, 'appending')
    return (await appendUntilAnswered(this.deps.journal, this.text.seq, entries, failed)).kind
  }

  private async catchUp(): Promise<void> {
    const { id, generation } = this.draft
    for (const entry of await this.deps.journal.read(id, generation, this.text.seq)) this.takeIn(entry)
  }

  /** Others came first: what was not appended is judged against what they wrote. */
  private judgeAgain(batch: readonly Taken[]): void {
    const again = [...batch, ...this.pending]
    this.pending = []
    this.pendingBytes = 0
    this.text.forgetPending()
    for (const frame of again) {
      const taken = this.judge(frame)
      if (taken !== null) this.push(taken)
    }
  }

  /** A durable entry becomes part of the room, and goes to everybody else. */
  private takeIn(entry: Entry, sender?: Member): void {
    if (sender === undefined && entry.kind === 'update') learnUpdate(entry.bytes, this.text.known, entry.by)
    const frame = this.text.takeIn(entry)
    if (entry.kind === 'reopen') for (const member of this.members) this.accessChanged(member)
    if (frame !== null) for (const member of this.members) if (member !== sender && member.joined) member.send(frame)
  }

  private announceAppended(): void {
    const { id: draft, generation, workshop, group } = this.draft
    this.deps.announcer.announce({ kind: 'draft-appended', draft, generation, seq: this.text.seq, workshop, group })
  }

  /** Base and tail as updates, a step 1 that brings the client's unsent edits, then an empty step 2. */
  private answer(member: Member): void {
    member.joined = true
    member.sendDocument([...this.text.frames, this.text.question, EMPTY_STEP2])
    this.presence.greet(member)
  }
}
