/** One draft's live room: judges what members send, appends it, sends what is durable to the others, acknowledges. */
import type { Announcer } from '../announce/events.ts'
import type { Journal, NewEntry } from '../journal/journal.ts'
import { Abandoned, untilAnswered } from './appending.ts'
import type { Beat } from './beat.ts'
import { Doubted } from './doubted.ts'
import type { DraftPlace } from './draft-place.ts'
import { EMPTY_STEP2, refusedMessage, SYNC, type Frame, type Message } from './frames.ts'
import { judgeUpdate } from './guard.ts'
import type { Member } from './member.ts'
import { Paced } from './paced.ts'
import { Pending, type Backlog, type Taken } from './pending.ts'
import { presenceChanged, RoomPresence, type TellPresence } from './presence.ts'
import type { Returning } from './returning.ts'
import { RoomText } from './room-text.ts'
import type { RefusalCode } from './rules.ts'
import { tellTogether, type News } from './telling.ts'
import { TurnedAway } from './turned-away.ts'

export type RoomDeps = {
  /** Shared by all rooms of a process. */
  readonly beat: Beat
  readonly backlog: Backlog
  readonly returning: Returning
  /** Members of all rooms of the process. */
  readonly crowd: { size: number }
  readonly journal: Journal
  readonly announcer: Announcer
  readonly failed: (error: unknown, during: string) => void
  /** Other nodes append to the journal too. */
  readonly hasOthers?: boolean | undefined
  /** Told of what members of this node say of themselves, where there are other nodes. */
  readonly tellPresence?: ((draft: DraftPlace, ...line: Parameters<TellPresence>) => void) | undefined
}

/** Between two answers to the step 1 of one connection. */
const STEP1_PAUSE_MS = 200

export class Room {
  readonly draft: DraftPlace
  readonly members = new Set<Member>()
  readonly presence: RoomPresence
  private readonly deps: RoomDeps
  readonly text: RoomText
  private readonly pending: Pending
  private readonly turnedAway: TurnedAway
  private running: Promise<void> | null = null
  private followWanted = false
  private readonly doubted: Doubted
  private isAbandoned = false
  private readonly answers = new Paced(STEP1_PAUSE_MS, (member) => this.answer(member))

  constructor(draft: DraftPlace, text: RoomText, deps: RoomDeps) {
    this.draft = draft
    this.text = text
    this.deps = deps
    this.pending = new Pending(deps.backlog)
    this.turnedAway = new TurnedAway(deps.backlog, this.pending, () => text.question)
    this.doubted = new Doubted(deps.hasOthers === true ? () => this.follow() : null)
    this.presence = new RoomPresence({
      ids: text.known,
      connections: () => deps.crowd.size,
      changed: () => deps.announcer.announce(presenceChanged(draft)),
      due: () => this.tellAll([], new Set()),
      tellNodes: (...line) => deps.tellPresence?.(draft, ...line),
    })
  }

  /** Loads base and entries; never answers anybody before that. */
  static async load(draft: DraftPlace, deps: RoomDeps): Promise<Room> {
    return new Room(draft, await RoomText.read(draft, deps.journal), deps)
  }

  get lastSeq(): number {
    return this.text.seq
  }
  get idle(): boolean {
    return this.members.size === 0 && this.pending.length === 0 && this.running === null
  }

  join(member: Member): void {
    this.members.add(member)
    this.deps.crowd.size += 1
  }

  leave(member: Member): void {
    if (this.members.delete(member)) this.deps.crowd.size -= 1
    this.turnedAway.forget(member)
    this.presence.leave(member)
    this.answers.forget(member)
  }

  /** One frame of a member. Throws Malformed. */
  receive(member: Member, read: Frame): void {
    if (read.kind === 'step1') {
      member.says(read.payload)
      this.answers.ask(member)
    } else if (read.kind === 'update') this.receiveUpdate(member, read.step, read.payload)
    else if (read.kind === 'presence') this.presence.receive(member, read.payload)
    else if (read.kind === 'query-presence') this.greet(member)
  }

  /** The access of a member was decided again. */
  accessChanged(member: Member): void {
    const wasAway = this.turnedAway.forget(member)
    if (member.gap && (wasAway || this.writable(member))) member.send(this.text.question)
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

  /** Gives the store up; what is not known to be durable, in order. */
  abandon(): readonly NewEntry[] {
    this.isAbandoned = true
    return this.pending.all.flatMap(({ entry }) => (entry === null ? [] : [entry]))
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
    if (this.pending.isFull || member.isUndecided) return this.turnedAway.add(member, this.text.seq)
    // The payload is a view of what the network gave, and `slice` of a Buffer is a view too: what is kept is a copy.
    const taken = this.judge({ member, nth: member.received, step, bytes: new Uint8Array(bytes), at: Date.now() })
    if (taken !== null) this.pending.push(taken)
    this.run()
  }

  /** The three answers to a frame (QUALITY): taken; not allowed now (101); malformed (closed); or a predecessor is missing (asked for). */
  private judge(frame: Omit<Taken, 'entry' | 'ackTo'>): Taken | null {
    const { member, nth, step, bytes, at } = frame
    const { known, locked } = this.text
    if (step === SYNC.step2) member.answered = true
    const awaited = member.gap || !member.answered
    const verdict = judgeUpdate(bytes, known, { sender: member.person, awaited, locked })
    switch (verdict.kind) {
      case 'malformed':
        member.miss(nth)
        if (verdict.rule !== 'future delete' || !this.doubted.add(member)) member.malformed(verdict.rule)
        return null
      case 'missing':
        if (!this.writable(member)) return this.refuse(frame)
        if (step === SYNC.step2) {
          if (!this.doubted.add(member)) member.malformed('missing predecessor')
        } else if (!member.gap) member.send(this.text.question)
        member.miss(nth)
        return null
      case 'too-large':
        return this.refuse(frame, 'too-large')
      case 'locked':
        if (!this.writable(member)) return this.refuse(frame)
        return this.refuse(frame, 'section-locked', locked.get(verdict.section))
      case 'known':
        if (step === SYNC.step2) member.cover(nth)
        return { ...frame, entry: null, ackTo: member.ackTo(nth) }
      case 'new': {
        if (!this.writable(member)) return this.refuse(frame)
        if (!this.text.hasRoomFor(bytes)) return this.refuse(frame, 'too-large')
        if (step === SYNC.step2) member.cover(nth)
        known.take(verdict.addition, member.person)
        const { id: draft, generation } = this.draft
        const entry: NewEntry = { draft, generation, kind: 'update', by: member.person, at, bytes: verdict.bytes }
        return { ...frame, entry, ackTo: member.ackTo(nth) }
      }
    }
  }

  private refuse({ member, nth }: Pick<Taken, 'member' | 'nth'>, code?: RefusalCode, by?: number): null {
    member.miss(nth)
    const { closedAt, seq } = this.text
    const why = code ?? (closedAt === null ? 'read-only' : 'draft-closed')
    if (member.asksAck) member.send(refusedMessage(why, by ?? closedAt ?? seq))
    return null
  }

  /** A commit starts when the one before is done, at the next beat; what comes meanwhile is the next batch. */
  private run(): void {
    if (this.isAbandoned || this.running !== null || (this.pending.length === 0 && !this.followWanted)) return
    this.running = this.work()
      .catch((error: unknown) => {
        if (!(error instanceof Abandoned)) this.deps.failed(error, 'appending')
      })
      .finally(() => {
        this.running = null
        this.run()
      })
  }

  private async work(): Promise<void> {
    while (this.pending.length > 0 || this.followWanted) {
      if (this.followWanted) {
        this.followWanted = false
        const askAgain = this.doubted.take()
        await this.catchUp(false)
        askAgain(this.text.question)
      }
      if (this.pending.length > 0) await this.deps.beat.next()
      const batch = this.pending.nextBatch()
      const entries = batch.flatMap(({ entry }) => (entry === null ? [] : [entry]))
      const { seq } = this.text
      if (entries.length > 0 && (await this.answered((journal) => journal.append(seq, entries))).kind === 'behind') {
        await this.catchUp(true)
        continue
      }
      this.pending.settle()
      this.tellBatch(batch)
      if (entries.length > 0) this.announceAppended()
      this.turnedAway.askBack()
    }
  }

  private answered<Answer>(ask: (journal: Journal) => Promise<Answer>): Promise<Answer> {
    const { journal, failed } = this.deps
    return untilAnswered(
      () => ask(journal),
      (error) => failed(error, 'appending'),
      () => this.isAbandoned,
    )
  }

  /** Others came first: their entries are taken in, and what is not durable is judged again against what they wrote. */
  private async catchUp(isBehind: boolean): Promise<void> {
    const { id, generation } = this.draft
    const { seq } = this.text
    const entries = await this.answered((journal) => journal.read(id, generation, seq))
    if (entries.length === 0 && !isBehind) return
    const again = this.pending.takeAll()
    this.text.known.takeBack()
    for (const entry of entries) {
      this.tell(this.text.takeIn(entry, true))
      if (entry.kind === 'reopen' || entry.kind === 'unlock')
        for (const member of this.members) this.accessChanged(member)
    }
    for (const frame of again) {
      const taken = this.judge(frame)
      if (taken !== null) this.pending.push(taken)
    }
  }

  /** What members sent is durable: it becomes part of the room, goes to everybody else, and is acknowledged. */
  private tellBatch(batch: readonly Taken[]): void {
    const news: News[] = []
    const counts = new Set<Member>()
    for (const { member, entry, ackTo } of batch) {
      if (entry !== null) {
        this.text.known.settle(1)
        const message = this.text.takeIn({ ...entry, seq: this.text.seq + 1 }, false)
        if (message !== null) news.push({ sender: member, message })
      }
      member.acknowledged = Math.max(member.acknowledged, ackTo)
      if (ackTo > 0 && member.asksAck) counts.add(member)
    }
    this.tellAll(news, counts)
  }

  /** Carets that wait go along. */
  private tellAll(news: readonly News[], counted: ReadonlySet<Member>): void {
    tellTogether(this.members, { news, counted, carets: this.presence.take() })
  }

  private tell(message: Message | null): void {
    if (message !== null) for (const member of this.members) if (member.joined) member.send(message)
  }

  private announceAppended(): void {
    const { id: draft, generation, workshop, group } = this.draft
    this.deps.announcer.announce({ kind: 'draft-appended', draft, generation, seq: this.text.seq, workshop, group })
  }

  /** Everything as updates, or what the client lacks of it, a step 1 that brings its unsent edits, then an empty step 2. */
  private answer(member: Member): void {
    const { draft, text, deps } = this
    deps.returning.answer(`${draft.id}.${draft.generation}`, text, member.takeState(), (updates) => {
      member.joined = true
      member.sendDocument([...updates, text.question, EMPTY_STEP2])
      this.greet(member)
    })
  }

  private greet(member: Member): void {
    const greeting = this.presence.greeting(member)
    if (greeting !== null) member.send(greeting)
  }
}
