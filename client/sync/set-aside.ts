/** What of one's own text the server does not have, clause by clause: computed when edits were refused. */
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'
import { plainText, type Clause, type DraftContent } from '../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import type { SetAside } from './device-store.ts'

/** All letters of a clause, fields one a line. */
export function wordsOfClause(clause: Clause): string {
  if (clause.kind === 'recommendation') return Object.values(clause.fields).map(plainText).filter(Boolean).join('\n')
  if (clause.kind === 'table') return clause.rows.map((row) => row.map(plainText).join('\t')).join('\n')
  return plainText(clause.runs)
}

const wordsById = (content: DraftContent): Map<string, string> =>
  new Map(
    content.sections.flatMap((section) => section.clauses.map((clause) => [clause.id, wordsOfClause(clause)] as const)),
  )

/**
 * Clauses of `mine` that `server` lacks or has with other words; only those with words. With `seen` (mine without the edits in question)
 * only those that these edits wrote in: what others wrote meanwhile is nobody's loss.
 */
export function differencesBetween(mine: DraftContent, server: DraftContent, seen?: DraftContent): SetAside[] {
  const known = wordsById(server)
  const before = seen === undefined ? new Map<string, string>() : wordsById(seen)
  return mine.sections.flatMap((section) =>
    section.clauses.flatMap((clause): SetAside[] => {
      const text = wordsOfClause(clause)
      if (text.trim() === '' || known.get(clause.id) === text || before.get(clause.id) === text) return []
      // Two tabs of one person set the same words aside once.
      return [{ key: `${clause.id} ${text}`, section: section.id, clause: clause.id, text }]
    }),
  )
}

/** Words set aside, each once: what a later item of the same clause contains is not offered beside it. */
export function together(first: readonly SetAside[], then: readonly SetAside[]): SetAside[] {
  const items = [...new Map([...first, ...then].map((item) => [item.key, item])).values()]
  const contains = (more: SetAside, less: SetAside): boolean =>
    more !== less && more.clause !== null && more.clause === less.clause && more.text.includes(less.text)
  return items.filter((item) => !items.some((other) => contains(other, item)))
}

/** A copy of a draft in which what the updates brought stands deleted. */
export function withoutEdits(doc: Y.Doc, updates: readonly Uint8Array[]): Y.Doc {
  const copy = newDraftDoc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const brought = updates
    .flatMap((update) => Y.decodeUpdate(update).structs)
    .filter((struct) => !(struct instanceof Y.Skip))
  Y.applyUpdate(copy, deletionOf(brought))
  return copy
}

/** An update without structs that deletes the given ones, in the first form of Yjs's updates. */
function deletionOf(structs: readonly { readonly id: Y.ID; readonly length: number }[]): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeVarUint(encoder, structs.length)
  for (const { id, length } of structs)
    for (const value of [id.client, 1, id.clock, length]) writeVarUint(encoder, value)
  return toUint8Array(encoder)
}
