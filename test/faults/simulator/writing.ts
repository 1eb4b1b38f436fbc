/** Random edits of a draft in the shared form of its schema; every typed letter is a different one, so each can be accounted for. */
import * as Y from 'yjs'
import { clauseFormats, insertClause, insertRuns, setAttribute } from '../../../shared/drafting/build.ts'
import { TEXT_KINDS, PRIORITIES, type DraftContent } from '../../../shared/drafting/canonical.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { sectionRoot } from '../../../shared/drafting/document.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import { wordsOfClause } from '../../../client/sync/set-aside.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import type { World } from './world.ts'

const FIRST_LETTER = 0x4e00 // CJK: one UTF-16 unit each, none of them in the seed
const LAST_LETTER = 0x9fff
const SECTIONS: readonly SectionId[] = ['title', 'background', 'recommendations', 'minority_view']

export const lettersOf = (text: string): string[] =>
  [...text].filter((letter) => letter >= '\u4e00' && letter <= '\u9fff')

/** All typed letters of a draft, each as often as it stands. */
export function lettersIn(content: DraftContent): string[] {
  return content.sections.flatMap(({ clauses }) => clauses.flatMap((clause) => lettersOf(wordsOfClause(clause))))
}

/** The letters of one run. */
export class Letters {
  readonly deleted = new Set<string>()
  private next = FIRST_LETTER

  get count(): number {
    return this.next - FIRST_LETTER
  }

  /** Letters made after the first `count`. */
  since(count: number): string[] {
    return Array.from({ length: this.count - count }, (_, at) => String.fromCharCode(FIRST_LETTER + count + at + 1))
  }

  fresh(count: number): string {
    if (this.next + count > LAST_LETTER) throw new Error('no letters are left')
    return Array.from({ length: count }, () => String.fromCharCode((this.next += 1))).join('')
  }
}

type Spot = { readonly letter: string | null; readonly value: unknown }

/** One place of a text after another: a letter, or what is embedded. */
function spotsOf(text: Y.XmlText): Spot[] {
  return (text.toDelta() as { insert: unknown }[]).flatMap(({ insert }): Spot[] =>
    typeof insert === 'string'
      ? [...insert].map((letter) => ({ letter, value: null }))
      : [{ letter: null, value: insert }],
  )
}

const isClauseStart = ({ value }: Spot): boolean => value !== null && !(value instanceof Y.AbstractType)

/** Fields of the measures in a section. */
function fieldsOf(text: Y.XmlText): Y.XmlText[] {
  return spotsOf(text)
    .flatMap(({ value }) =>
      value instanceof Y.XmlElement
        ? value.toArray().flatMap((child) => (child instanceof Y.XmlElement ? child.toArray() : []))
        : [],
    )
    .filter((child): child is Y.XmlText => child instanceof Y.XmlText)
}

/** One edit by whoever the document belongs to, as one transaction with the origin `person`. */
export function edit(doc: Y.Doc, world: World, letters: Letters): void {
  const section = world.pick(SECTIONS)
  const root = sectionRoot(doc, section)
  const fields = section === 'recommendations' ? fieldsOf(root) : []
  const text = fields.length > 0 && world.chance(0.8) ? world.pick(fields) : root
  const spots = spotsOf(text)
  const isField = text !== root
  doc.transact(() => {
    const draw = world.fraction()
    if (draw < 0.6) return type(text, spots, isField)
    if (draw < 0.78) return erase(text, spots)
    if (draw < 0.84) return void (spots.length > 1 && text.format(world.integer(spots.length - 1), 1, { strong: true }))
    if (isField || section === 'recommendations') {
      const measure = spotsOf(root).find(({ value }) => value instanceof Y.XmlElement)?.value
      if (measure instanceof Y.XmlElement && world.chance(0.7))
        return setAttribute(measure, 'priority', world.pick(PRIORITIES))
      return void insertClause(root, root.length, emptyRecommendation(newClauseId()))
    }
    const starts = spots.flatMap((spot, at) => (isClauseStart(spot) ? [at] : []))
    if (draw < 0.92 || starts.length < 2)
      return text.insertEmbed(
        at(spots, 1),
        { id: newClauseId() },
        clauseFormats({ kind: world.pick(TEXT_KINDS), level: 0 }),
      )
    if (draw < 0.96) return text.format(world.pick(starts), 1, { kind: world.pick(TEXT_KINDS) })
    text.delete(world.pick(starts.slice(1)), 1)
  }, 'person')

  function at(spots: readonly Spot[], least: number): number {
    return Math.min(spots.length, least + world.integer(Math.max(1, spots.length + 1 - least)))
  }
  function type(into: Y.XmlText, spots: readonly Spot[], isField: boolean): void {
    insertRuns(into, at(spots, isField ? 0 : 1), [{ text: letters.fresh(1 + world.integer(3)) }])
  }
  /** Letters only: a clause's beginning goes by a join. */
  function erase(from: Y.XmlText, spots: readonly Spot[]): void {
    const places = spots.flatMap(({ letter }, at) => (letter === null ? [] : [at]))
    if (places.length === 0) return
    const first = world.pick(places)
    let length = 1
    while (length < 4 && typeof spots[first + length]?.letter === 'string' && world.chance(0.6)) length += 1
    for (const { letter } of spots.slice(first, first + length)) if (letter !== null) letters.deleted.add(letter)
    from.delete(first, length)
  }
}
