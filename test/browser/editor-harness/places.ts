/** What the runs of the harness begin with, in the product's form and in y-prosemirror's: for the page and for the server that seeds. */
import * as Y from 'yjs'
import { emptyRecommendation, seedDraft } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'

/** Root of a draft in y-prosemirror's form. */
export const ELEMENT_ROOT = 'draft'
/** The sections that hold something, in the template's order. */
const TEXTS = ['alpha beta gamma', 'delta epsilon', 'zeta eta theta', 'iota kappa', 'lambda mu']
export const MEASURES = ['measure0', 'measure1', 'measure2']

export function ourSeed(): Uint8Array {
  const clause = (id: string, text: string) => ({
    id: id as ClauseId,
    kind: 'text' as const,
    level: 0,
    runs: text === '' ? [] : [{ text }],
  })
  const measures = MEASURES.map((id, i) => {
    const empty = emptyRecommendation(id as ClauseId)
    return { ...empty, fields: { ...empty.fields, measure: [{ text: `measure number ${i}` }] } }
  })
  return seedDraft(SHORT_TEMPLATE, {
    sections: [
      { id: 'title', choices: [], clauses: [clause('titleclause', '')] },
      { id: 'background', choices: [], clauses: TEXTS.map((text, i) => clause(`clause${i}`, text)) },
      { id: 'recommendations', choices: [], clauses: measures },
      { id: 'minority_view', choices: [], clauses: [clause('minority', '')] },
    ],
  })
}

/** The same texts as elements. Sections without text are left out: nothing can be typed there. */
export function elementSeed(): Uint8Array {
  const doc = new Y.Doc()
  const element = (name: string, id: string | null, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
    const made = new Y.XmlElement(name)
    if (id !== null) made.setAttribute('id', id)
    made.insert(0, children)
    return made
  }
  const section = (id: string, clauses: Y.XmlElement[]): Y.XmlElement => element('section', id, clauses)
  const clause = (id: string, text: string): Y.XmlElement => element('clause', id, [new Y.XmlText(text)])
  const measures = MEASURES.map((id, i) =>
    element(
      'recommendation',
      id,
      Array.from({ length: 8 }, (_, n) =>
        element('field', null, [new Y.XmlText(n === 0 ? `measure number ${i}` : '')]),
      ),
    ),
  )
  doc.getXmlFragment(ELEMENT_ROOT).insert(0, [
    section('title', [clause('titleclause', '')]),
    section(
      'background',
      TEXTS.map((text, i) => clause(`clause${i}`, text)),
    ),
    section('recommendations', measures),
    section('minority_view', [clause('minority', '')]),
  ])
  return Y.encodeStateAsUpdate(doc)
}
