/** Members who sent what stands on entries that this node may not have read yet: a page that was with another node has what that one told. */
import type { Message } from './frames.ts'
import type { Member } from './member.ts'

export class Doubted {
  private readonly look: (() => void) | null
  private members: Member[] = []

  /** `look` has the journal read to its end; null where nobody else writes into it. */
  constructor(look: (() => void) | null) {
    this.look = look
  }

  /** A frame of its was not taken, and it will be asked again. False where the frame is what it seems: nobody else writes, or it was asked. */
  add(member: Member): boolean {
    if (this.look === null || member.isLookedUp) return false
    this.members.push(member)
    this.look()
    return true
  }

  /** Those for whom the journal is read now: to be called with a step 1 when it has been. */
  take(): (question: Message) => void {
    const { members } = this
    this.members = []
    return (question) => {
      for (const member of members) {
        member.isLookedUp = true
        member.send(question)
      }
    }
  }
}
