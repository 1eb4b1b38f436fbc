/** The worker of merging: aligns submissions, and reads and changes the consolidated proposal's Y.Doc away from the main thread. */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import { align, type Topic } from '../../shared/merging/align.ts'
import { changeProposal, readProposal, type Proposal, type ProposalChange } from '../../shared/merging/proposal-doc.ts'
import type { Source } from '../../shared/merging/sources.ts'

/** A document as the journal has it: the base's update, then those of the entries after it. */
export type Updates = readonly Uint8Array[]

export type MergeRequest =
  | { readonly kind: 'align'; readonly sources: readonly Source[] }
  | { readonly kind: 'read'; readonly updates: Updates }
  | { readonly kind: 'change'; readonly updates: Updates; readonly change: ProposalChange }
export type MergeAnswer =
  | { readonly kind: 'align'; readonly topics: readonly Topic[] }
  | { readonly kind: 'read'; readonly proposal: Proposal }
  /** `update` is null when the change changed nothing. */
  | { readonly kind: 'change'; readonly update: Uint8Array | null; readonly proposal: Proposal }

function load(updates: Updates): Y.Doc {
  const doc = newDraftDoc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, 'journal')
  }, 'journal')
  return doc
}

function change(updates: Updates, wanted: ProposalChange): MergeAnswer {
  const doc = load(updates)
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  changeProposal(doc, wanted)
  const update = made.length === 0 ? null : made.length === 1 ? (made[0] ?? null) : Y.mergeUpdates(made)
  const proposal = readProposal(doc)
  doc.destroy()
  return { kind: 'change', update, proposal }
}

/** Answers one request; the pool calls it inside the worker, tests may call it directly. */
export function answer(request: MergeRequest): MergeAnswer {
  if (request.kind === 'align') return { kind: 'align', topics: align(request.sources) }
  if (request.kind === 'change') return change(request.updates, request.change)
  const doc = load(request.updates)
  const proposal = readProposal(doc)
  doc.destroy()
  return { kind: 'read', proposal }
}

parentPort?.on('message', ({ id, request }: { id: number; request: MergeRequest }) => {
  try {
    parentPort?.postMessage({ id, answer: answer(request) })
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
