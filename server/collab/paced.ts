/** Does something for each member at most once in a pause; what is asked for meanwhile is done once, afterwards. */
import type { Member } from './member.ts'

export class Paced {
  private readonly pause: number
  private readonly action: (member: Member) => void
  private readonly last = new Map<Member, number>()
  private readonly waiting = new Map<Member, NodeJS.Timeout>()

  constructor(pause: number, action: (member: Member) => void) {
    this.pause = pause
    this.action = action
  }

  ask(member: Member): void {
    if (this.waiting.has(member)) return
    const wait = (this.last.get(member) ?? -Infinity) + this.pause - performance.now()
    if (wait <= 0) this.act(member)
    else
      this.waiting.set(
        member,
        setTimeout(() => this.act(member), wait),
      )
  }

  forget(member: Member): void {
    clearTimeout(this.waiting.get(member))
    this.waiting.delete(member)
    this.last.delete(member)
  }

  stop(): void {
    for (const member of [...this.last.keys(), ...this.waiting.keys()]) this.forget(member)
  }

  private act(member: Member): void {
    this.waiting.delete(member)
    this.last.set(member, performance.now())
    this.action(member)
  }
}
