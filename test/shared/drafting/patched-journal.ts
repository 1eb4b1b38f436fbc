/** A journal in memory that grows by patches, edits and restores: for tests of restoring and of moments. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import { authorsAt } from '../../../shared/drafting/authorship/authors.ts'
import type { SentEntry } from '../../../shared/drafting/authorship/letter-book.ts'
import { plainText, type Clause, type DraftContent } from '../../../shared/drafting/canonical.ts'
import { patchDraft } from '../../../shared/drafting/patch.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { docAt, restoreDraft, type Restored } from '../../../shared/drafting/restore.ts'
import { restoreOf, restoreText } from '../../../shared/drafting/restored.ts'
import { seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE, type SectionId } from '../../../shared/drafting/template.ts'

/** A journal that grows by what somebody makes of the text as it stands, or as it stood at an entry. */
export class PatchedJournal {
  readonly entries: SentEntry[] = [{ seq: 1, by: 'server', bytes: seedDraft(SHORT_TEMPLATE) }]

  get last(): number {
    return this.entries.length
  }
  edit(by: string, change: (doc: Y.Doc) => void, seen = this.last): number {
    const doc = docAt(this.entries, seen)
    const made: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => made.push(update))
    change(doc)
    return this.entries.push({ seq: this.last + 1, by, bytes: Y.mergeUpdates(made) })
  }
  write(by: string, target: DraftContent): number {
    return this.edit(by, (doc) => void patchDraft(doc, target, SHORT_TEMPLATE))
  }
  restore(by: string, to: number, seen = this.last, locked: readonly SectionId[] = []): Restored | null {
    const restored = restoreDraft(SHORT_TEMPLATE, this.entries, { to, seen, locked })
    if (restored === 'same') return null
    assert.ok(restored !== 'changed')
    const record = restoreOf(restoreText(restored.record))
    this.entries.push({ seq: this.last + 1, by, bytes: restored.update, copies: record?.copies ?? [] })
    return restored
  }
  read(seq = this.last): DraftContent {
    return readDraft(docAt(this.entries, seq), SHORT_TEMPLATE)
  }
  /** The background as `id:text`. */
  background(): string[] {
    return clausesOf(this.read(), 'background').map((one) => `${one.id}:${'runs' in one ? plainText(one.runs) : ''}`)
  }
  /** Who typed what stands in a clause, and when. */
  typed(id: string): string[] {
    const clauses = authorsAt(SHORT_TEMPLATE, this.entries, this.last).flatMap((section) => section.clauses)
    const parts = clauses.find((one) => one.clause === id)?.parts ?? []
    const runs = parts.flatMap((part) => part.runs).filter(({ deleted }) => deleted === null)
    return runs.map(({ text, typedBy, typedAt }) => `${text} ${typedBy}@${typedAt.first}`)
  }
}

export const clausesOf = (draft: DraftContent, id: SectionId): readonly Clause[] =>
  draft.sections.find((section) => section.id === id)?.clauses ?? []
