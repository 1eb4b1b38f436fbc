/** What one commit brings to the members of a room, with one write to each socket: that write is what costs most in serving a room. */
import { acknowledgedMessage, type Message } from './frames.ts'
import type { Member } from './member.ts'

/** An update that is durable, for everybody but its sender. */
export type News = { readonly sender: Member; readonly message: Message }

/** Everybody who sent nothing gets the same bytes. `counted`: whose count of durable frames rose; they may have left the room. */
export function tellTogether(members: Iterable<Member>, news: readonly News[], counted: ReadonlySet<Member>): void {
  const apart = new Set([...news.map(({ sender }) => sender), ...counted])
  const toAll = news.length === 0 ? null : together(news.map(({ message }) => message))
  if (toAll !== null) for (const member of members) if (member.joined && !apart.has(member)) member.send(toAll)
  for (const member of apart) {
    const own = member.joined ? news.filter(({ sender }) => sender !== member).map(({ message }) => message) : []
    if (counted.has(member)) own.push(acknowledgedMessage(member.acknowledged))
    if (own.length > 0) member.send(together(own))
  }
}

const together = (messages: readonly Message[]): Message =>
  messages.length === 1 ? messages[0]! : Buffer.concat(messages)
