/** Before a draft closes its tabs are asked to send what they have; whoever does not answer in time is not waited for. */
import { flushMessage } from './frames.ts'
import type { Member } from './member.ts'

type Turn = { readonly awaited: Set<Member>; readonly done: () => void }

export class Collecting {
  private last = 0
  private readonly turns = new Map<number, Turn>()

  /** Asks tabs; resolves when each of them said "all sent" or is gone, or after `ms` milliseconds. */
  async ask(members: readonly Member[], ms: number): Promise<void> {
    if (members.length === 0) return
    const number = (this.last += 1)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      const done = (): void => {
        clearTimeout(timer)
        resolve()
      }
      this.turns.set(number, { awaited: new Set(members), done })
      for (const member of members) member.send(flushMessage(number))
    })
    this.turns.delete(number)
  }

  /** A tab says that everything it had when asked is durable. An answer that nobody waits for is ignored. */
  heard(member: Member, number: number): void {
    const turn = this.turns.get(number)
    if (turn?.awaited.delete(member) === true && turn.awaited.size === 0) turn.done()
  }

  /** A connection ended: it answers nothing any more. */
  left(member: Member): void {
    for (const number of this.turns.keys()) this.heard(member, number)
  }
}
