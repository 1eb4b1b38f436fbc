/** The only place on the server that makes Y.Docs of drafts: always a throw-away copy, read with our own reader. */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'
import { authorsAt, type AuthoredSection } from '../../shared/drafting/authorship/authors.ts'
import type { SentEntry } from '../../shared/drafting/authorship/letter-book.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import { momentsOf, type JournalEntry, type Moment } from '../../shared/drafting/moments.ts'
import { patchDraft } from '../../shared/drafting/patch.ts'
import { digestOf, missingOf, type DraftDigest, type Missing } from '../../shared/drafting/progress.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import { restoreDraft, type RestoreOutcome, type RestoreWish } from '../../shared/drafting/restore.ts'
import { seedDraft } from '../../shared/drafting/seed.ts'
import { templateOf, type Template } from '../../shared/drafting/template.ts'
import { freezeDraft, type FrozenDraft, type SentUpdate } from './freezing.ts'

type Updates = readonly Uint8Array[]
export type DraftRequest =
  | { readonly kind: 'seed'; readonly template: string; readonly content: DraftContent | null }
  | { readonly kind: 'read'; readonly template: string; readonly updates: Updates }
  | { readonly kind: 'digest'; readonly template: string; readonly updates: Updates }
  | { readonly kind: 'patch'; readonly template: string; readonly updates: Updates; readonly target: DraftContent }
  | { readonly kind: 'compact'; readonly updates: Updates }
  | { readonly kind: 'missing'; readonly updates: Updates; readonly state: Uint8Array }
  | { readonly kind: 'freeze'; readonly template: string; readonly updates: readonly SentUpdate[] }
  | {
      readonly kind: 'authors'
      readonly template: string
      readonly entries: readonly SentEntry[]
      readonly seq: number
    }
  | { readonly kind: 'moments'; readonly template: string; readonly entries: readonly JournalEntry[] }
  | {
      readonly kind: 'restore'
      readonly template: string
      readonly entries: readonly SentEntry[]
      readonly wish: RestoreWish
    }
export type DraftAnswer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array | null }
  | { readonly kind: 'content'; readonly content: DraftContent; readonly missing: readonly Missing[] }
  | { readonly kind: 'digest'; readonly digest: DraftDigest }
  | { readonly kind: 'frozen'; readonly frozen: FrozenDraft }
  | { readonly kind: 'authors'; readonly sections: readonly AuthoredSection[] }
  | { readonly kind: 'moments'; readonly moments: readonly Moment[] }
  | { readonly kind: 'restored'; readonly restored: RestoreOutcome }

function template(id: string): Template {
  const found = templateOf(id)
  if (found === undefined) throw new Error(`no template ${id}`)
  return found
}

/** Applies in groups: 5,000 updates flat cost 516 ms, grouped 45 ms (measured). */
const GROUP = 32

function grouped(updates: Updates): Uint8Array[] {
  const groups: Uint8Array[] = []
  for (let at = 0; at < updates.length; at += GROUP) groups.push(Y.mergeUpdates(updates.slice(at, at + GROUP)))
  return groups
}

function load(updates: Updates): Y.Doc {
  const doc = newDraftDoc()
  for (const group of grouped(updates)) Y.applyUpdate(doc, group)
  return doc
}

function withDoc<Result>(updates: Updates, use: (doc: Y.Doc) => Result): Result {
  const doc = load(updates)
  try {
    return use(doc)
  } finally {
    doc.destroy()
  }
}

/** Answers one request; the thread calls it, tests may call it directly. */
export function answer(request: DraftRequest): DraftAnswer {
  switch (request.kind) {
    case 'seed':
      return { kind: 'bytes', bytes: seedDraft(template(request.template), request.content ?? undefined) }
    case 'read':
      return withDoc(request.updates, (doc) => {
        const content = readDraft(doc, template(request.template))
        return { kind: 'content', content, missing: missingOf(content, template(request.template)) }
      })
    case 'digest':
      return withDoc(request.updates, (doc) => ({
        kind: 'digest',
        digest: digestOf(readDraft(doc, template(request.template)), template(request.template)),
      }))
    case 'patch':
      return withDoc(request.updates, (doc) => {
        const made: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => made.push(update))
        const edits = patchDraft(doc, request.target, template(request.template))
        return { kind: 'bytes', bytes: edits === 0 || made.length === 0 ? null : Y.mergeUpdates(made) }
      })
    case 'freeze':
      return withDoc(
        request.updates.map(({ bytes }) => bytes),
        (doc) => ({ kind: 'frozen', frozen: freezeDraft(doc, template(request.template), request.updates) }),
      )
    case 'authors':
      return { kind: 'authors', sections: authorsAt(template(request.template), request.entries, request.seq) }
    case 'moments':
      return { kind: 'moments', moments: momentsOf(template(request.template), request.entries) }
    case 'restore':
      return { kind: 'restored', restored: restoreDraft(template(request.template), request.entries, request.wish) }
    case 'missing':
      return {
        kind: 'bytes',
        bytes: Y.mergeUpdates(grouped(request.updates.map((update) => Y.diffUpdate(update, request.state)))),
      }
    case 'compact':
      return withDoc(request.updates, (doc) => ({ kind: 'bytes', bytes: Y.encodeStateAsUpdate(doc) }))
  }
}

parentPort?.on('message', ({ id, request }: { id: number; request: DraftRequest }) => {
  try {
    parentPort?.postMessage({ id, answer: answer(request) })
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
