/** Members whose edits a room does not take because the store does not keep up: they are told so, and asked for them when it does. */
import { refusedMessage, type Message } from './frames.ts'
import type { Member } from './member.ts'
import type { Backlog, Pending } from './pending.ts'

export class TurnedAway {
  private readonly members = new Set<Member>()
  private readonly backlog: Backlog
  private readonly pending: Pending
  private readonly question: () => Message

  /** `question` is a step 1: it brings everything that a client has and the room has not. */
  constructor(backlog: Backlog, pending: Pending, question: () => Message) {
    this.backlog = backlog
    this.pending = pending
    this.question = question
  }

  /** Its newest frame was not taken; told once, `seq` is that of the draft's last entry. */
  add(member: Member, seq: number): void {
    member.miss(member.received)
    if (this.members.has(member)) return
    if (this.members.size === 0) this.backlog.whenFree(() => this.askBack())
    this.members.add(member)
    if (member.asksAck) member.send(refusedMessage('store-away', seq))
  }

  /** Whether it was among them. */
  forget(member: Member): boolean {
    return this.members.delete(member)
  }

  /** Asks, where the room takes edits again; called whenever something became durable. */
  askBack(): void {
    if (this.members.size === 0 || !this.pending.isHalfFree) return
    if (this.pending.isFull) return this.backlog.whenFree(() => this.askBack())
    for (const member of this.members) if (member.gap) member.send(this.question())
    this.members.clear()
  }
}
