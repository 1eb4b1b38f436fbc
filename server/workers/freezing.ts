/** What a submission freezes: the text as it may stand for ever, and who typed what of each clause; for the draft worker. */
import * as Y from 'yjs'
import { clauseIdOf } from '../../shared/drafting/blocks.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { newClauseId } from '../../shared/drafting/clause-ids.ts'
import { sectionRoot } from '../../shared/drafting/document.ts'
import { missingOf, type Missing } from '../../shared/drafting/progress.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import type { ClauseId } from '../../shared/ids.ts'

/** An update of the journal and its sender (a person's id or `server`). */
export type SentUpdate = { readonly by: string; readonly bytes: Uint8Array }

/** A clause's typists: how many of its living letters each person's frames brought. */
export type ClauseTypists = {
  readonly clause: ClauseId
  readonly people: readonly { readonly person: string; readonly letters: number }[]
}
/** A clause that had no id of its own in the text (doubled, or letters outside any clause) and got one in the frozen copy. */
export type RenamedClause = { readonly from: ClauseId; readonly to: ClauseId }
export type FrozenDraft = {
  readonly content: DraftContent
  /** What the frozen text lacks. */
  readonly missing: readonly Missing[]
  readonly typists: readonly ClauseTypists[]
  readonly renamed: readonly RenamedClause[]
}

/** Ids that `read` makes for what has none; nobody may write these. */
const MADE_UP = /~\d+$/
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu

/**
 * Freezes a draft. Doubled and missing ids get fresh ones (told in `renamed`), half an emoji becomes U+FFFD, because canonical JSON
 * has no form for it. Typists go by the client ids of entries: letters that a split or join typed again count for who did that.
 */
export function freezeDraft(doc: Y.Doc, template: Template, updates: readonly SentUpdate[]): FrozenDraft {
  const renamed: RenamedClause[] = []
  const read = readDraft(doc, template)
  const content: DraftContent = {
    ...read,
    sections: read.sections.map((section) => ({
      ...section,
      clauses: section.clauses.map((clause) => {
        if (!MADE_UP.test(clause.id)) return wellFormed(clause)
        const to = newClauseId()
        renamed.push({ from: clause.id, to })
        return { ...wellFormed(clause), id: to }
      }),
    })),
  }
  return {
    content,
    missing: missingOf(content, template),
    typists: typistsOf(doc, template, ownersOf(updates)),
    renamed,
  }
}

function wellFormed<Value>(value: Value): Value {
  const mend = (_key: string, part: unknown): unknown =>
    typeof part === 'string' ? part.replace(LONE_SURROGATE, '\uFFFD') : part
  return JSON.parse(JSON.stringify(value), mend) as Value
}

/** Who first brought operations under each client id. */
function ownersOf(updates: readonly SentUpdate[]): Map<number, string> {
  const owners = new Map<number, string>()
  for (const { by, bytes } of updates)
    for (const { id } of Y.decodeUpdate(bytes).structs) if (!owners.has(id.client)) owners.set(id.client, by)
  return owners
}

function typistsOf(doc: Y.Doc, template: Template, owners: ReadonlyMap<number, string>): ClauseTypists[] {
  const counts = new Map<string, Map<string, number>>()
  const count = (clause: string | null, item: Y.Item): void => {
    const person = owners.get(item.id.client)
    if (clause === null || person === undefined || person === 'server') return
    const people = counts.get(clause) ?? new Map<string, number>()
    counts.set(clause, people)
    people.set(person, (people.get(person) ?? 0) + item.length)
  }
  for (const { id } of template.sections) {
    let clause: string | null = null
    for (const item of living(sectionRoot(doc, id))) {
      if (item.content instanceof Y.ContentEmbed) clause = clauseIdOf(item.content.embed) ?? clause
      else if (item.content instanceof Y.ContentString) count(clause, item)
      else if (item.content instanceof Y.ContentType) {
        const element = item.content.type
        const own = element instanceof Y.XmlElement ? (element.getAttribute('id') ?? null) : null
        for (const letters of lettersWithin(element)) count(own, letters)
      }
    }
  }
  return [...counts].map(([clause, people]) => ({
    clause: clause as ClauseId,
    people: [...people].map(([person, letters]) => ({ person, letters })),
  }))
}

type Sequence = { readonly _start: Y.Item | null }

function* living(type: Sequence): Generator<Y.Item> {
  for (let item = type._start; item !== null; item = item.right) if (!item.deleted) yield item
}

function* lettersWithin(type: Sequence): Generator<Y.Item> {
  for (const item of living(type)) {
    if (item.content instanceof Y.ContentString) yield item
    else if (item.content instanceof Y.ContentType) yield* lettersWithin(item.content.type)
  }
}
