/** What a room has for its members, with one write to each socket: that write is what costs most in serving a room. */
import { acknowledgedMessage, presenceMessage, type Message } from './frames.ts'
import type { Member } from './member.ts'

/** An update that is durable, for everybody but its sender. */
export type News = { readonly sender: Member; readonly message: Message }

/** What is told at once. */
export type Told = {
  readonly news: readonly News[]
  /** Whose count of durable frames rose; they may have left the room. */
  readonly counted: ReadonlySet<Member>
  /** Lines of presence by client; nobody gets their own, which would overwrite a newer state of theirs. */
  readonly carets: ReadonlyMap<number, Uint8Array>
}

/** Whoever has no part in it gets the same bytes as all others. */
export function tellTogether(members: Iterable<Member>, { news, counted, carets }: Told): void {
  const apart = new Set([...news.map(({ sender }) => sender), ...counted])
  for (const member of members) if (member.presenceId !== null && carets.has(member.presenceId)) apart.add(member)
  const toAll = together([...news.map(({ message }) => message), ...presence([...carets.values()])])
  if (toAll !== null) for (const member of members) if (member.joined && !apart.has(member)) member.send(toAll)
  for (const member of apart) {
    const own = member.joined ? news.filter(({ sender }) => sender !== member).map(({ message }) => message) : []
    if (counted.has(member)) own.push(acknowledgedMessage(member.acknowledged))
    if (member.joined) own.push(...presence(linesOfOthers(carets, member)))
    const all = together(own)
    if (all !== null) member.send(all)
  }
}

function linesOfOthers(carets: Told['carets'], member: Member): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (const [client, line] of carets) if (client !== member.presenceId) lines.push(line)
  return lines
}

const presence = (lines: readonly Uint8Array[]): Message[] => (lines.length === 0 ? [] : [presenceMessage(lines)])

const together = (messages: readonly Message[]): Message | null =>
  messages.length > 1 ? Buffer.concat(messages) : (messages[0] ?? null)
