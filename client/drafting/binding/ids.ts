/** Ids of clauses in the editor: only the user's own changes give or mend them; foreign, undo and restore changes never do. */
import { Plugin } from 'prosemirror-state'
import type { Transaction } from 'prosemirror-state'
import type { Node } from 'prosemirror-model'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'

/** Transaction meta: what came from Yjs. Own changes do not carry it. */
export const FROM_YJS = 'draft-from-yjs'

/** A change by the user of this view: typing, commands, paste. */
export function isOwn(tr: Transaction): boolean {
  return tr.docChanged && tr.getMeta(FROM_YJS) === undefined
}

type Found = { readonly node: Node; readonly pos: number }

function clausesOf(doc: Node): Found[] {
  const found: Found[] = []
  doc.forEach((section, start) => {
    section.forEach((node, offset) => {
      if (node.type.name !== 'choice') found.push({ node, pos: start + 1 + offset })
    })
  })
  return found
}

/**
 * Among clauses that the change touched: one without id gets a fresh one; of an id that became double just now (split, paste) an
 * untouched clause keeps it, else the first with text, else the first; of one that was double before, the touched later one is mended.
 */
function clausesToName(before: Node, after: Node): Found[] {
  const old = clausesOf(before)
  const untouched = new Set(old.map(({ node }) => node))
  const wasTimes = new Map<unknown, number>()
  for (const { node } of old) wasTimes.set(node.attrs['id'], (wasTimes.get(node.attrs['id']) ?? 0) + 1)
  const byId = new Map<unknown, Found[]>()
  const named: Found[] = []
  for (const found of clausesOf(after)) {
    const id: unknown = found.node.attrs['id']
    if (id === null) {
      if (!untouched.has(found.node)) named.push(found)
    } else byId.set(id, [...(byId.get(id) ?? []), found])
  }
  for (const [id, same] of byId) {
    if (same.length < 2 || same.every(({ node }) => untouched.has(node))) continue
    const keeper =
      (wasTimes.get(id) ?? 0) > 1
        ? same[0]
        : (same.find(({ node }) => untouched.has(node)) ?? same.find(({ node }) => node.content.size > 0) ?? same[0])
    named.push(...same.filter((found) => found !== keeper && !untouched.has(found.node)))
  }
  return named
}

const sectionIds = (doc: Node): string => {
  const ids: string[] = []
  doc.forEach((section) => ids.push(String(section.attrs['id'])))
  return ids.join()
}

/** Gives ids, and refuses an own change of the list of sections (Ctrl+A, Delete would join them). */
export function clauseIdsPlugin(): Plugin {
  return new Plugin({
    filterTransaction: (tr, state) => !isOwn(tr) || sectionIds(tr.doc) === sectionIds(state.doc),
    appendTransaction: (transactions, before, after) => {
      if (!transactions.some(isOwn)) return null
      const named = clausesToName(before.doc, after.doc)
      if (named.length === 0) return null
      const tr = after.tr
      for (const { pos } of named) tr.setNodeAttribute(pos, 'id', newClauseId())
      return tr
    },
  })
}
