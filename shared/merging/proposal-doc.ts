/** The consolidated proposal's Y.Doc: its text and its map of decisions, read together and written in one transaction. */
import type * as Y from 'yjs'
import type { DraftContent } from '../drafting/canonical.ts'
import { DECISIONS_ROOT } from '../drafting/document.ts'
import { patchDraft } from '../drafting/patch.ts'
import { readDraft } from '../drafting/read.ts'
import { LONG_TEMPLATE } from '../drafting/template.ts'
import { DECISION_KINDS, type Decision, type Decisions } from './decisions.ts'

export type Proposal = { readonly content: DraftContent; readonly decisions: Decisions }

/** What changes at once: the text becomes `content`, decisions are set and taken back. */
export type ProposalChange = {
  readonly content: DraftContent
  readonly set: Decisions
  readonly remove: readonly string[]
}

function decisionOf(value: unknown): Decision | null {
  if (typeof value !== 'object' || value === null) return null
  const { kind, reason, targets, by, at } = value as Record<string, unknown>
  const known = DECISION_KINDS.find((name) => name === kind)
  if (known === undefined) return null
  return {
    kind: known,
    reason: typeof reason === 'string' ? reason : '',
    targets: (Array.isArray(targets) ? targets : []).filter(
      (id): id is Decision['targets'][number] => typeof id === 'string',
    ),
    by: typeof by === 'string' ? by : '',
    at: typeof at === 'number' ? at : 0,
  }
}

/** The text and the decisions of a proposal; entries that are no decision are left out. */
export function readProposal(doc: Y.Doc): Proposal {
  const decisions: Record<string, Decision> = {}
  for (const [key, value] of [...doc.getMap(DECISIONS_ROOT).entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const decision = decisionOf(value)
    if (decision !== null) decisions[key] = decision
  }
  return { content: readDraft(doc, LONG_TEMPLATE), decisions }
}

/** Writes text and decisions in one Yjs transaction: undo, offline and kill -9 find both or neither. */
export function changeProposal(doc: Y.Doc, change: ProposalChange, origin: unknown = 'decide'): void {
  doc.transact(() => {
    patchDraft(doc, change.content, LONG_TEMPLATE, origin)
    const map = doc.getMap(DECISIONS_ROOT)
    for (const key of change.remove) if (map.has(key)) map.delete(key)
    for (const [key, decision] of Object.entries(change.set))
      map.set(key, { ...decision, targets: [...decision.targets] })
  }, origin)
}
