/** What the controls inside the text do: small edits by id, undone like everything one does oneself. */
import type { Node } from 'prosemirror-model'
import { TextSelection } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import type { Clause, RecommendationField } from '../../../shared/drafting/canonical.ts'
import { insertClause, setAttribute } from '../../../shared/drafting/build.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import type { SectionId } from '../../../shared/drafting/template.ts'
import type { DraftBinding } from '../binding/draft-binding.ts'
import { deleteClause, findBlock, setLgoType, setSectionChoice } from '../binding/move.ts'
import type { EditorActions } from './context.ts'

/** The end of the letters of a clause, or of a field of a recommendation (by default the measure). */
export function placeInClause(doc: Node, id: string, field: RecommendationField = 'measure'): number | null {
  let place: number | null = null
  doc.descendants((node, pos, parent) => {
    if (place !== null) return false
    const isClause = node.type.name === 'clause' && node.attrs['id'] === id
    const isField = node.type.name === 'field' && node.attrs['name'] === field && parent?.attrs['id'] === id
    if (isClause || isField) place = pos + 1 + node.content.size
    return node.type.name === 'section' || (node.type.name === 'recommendation' && node.attrs['id'] === id)
  })
  return place
}

export function editorActions(
  binding: DraftBinding,
  view: () => EditorView,
  focusClause: EditorActions['focusClause'],
): EditorActions {
  const { doc, texts, commands } = binding
  const textOf = (section: SectionId) => texts[binding.ids.indexOf(section)]
  const append = (section: SectionId, clause: Clause): void => {
    const text = textOf(section)
    if (text === undefined) return
    doc.transact(() => insertClause(text, text.length, clause), commands)
    focusClause(clause.id)
  }
  const element = (id: string) => {
    const found = findBlock(texts, id)
    return found?.block.type === 'element' ? found.block.element : null
  }
  return {
    focusClause,
    addClause: (section) => append(section, { id: newClauseId(), kind: 'text', level: 0, runs: [] }),
    addRecommendation: (section) => append(section, emptyRecommendation(newClauseId())),
    removeClause: (id) => {
      deleteClause(doc, texts, id, commands)
      const { state, dispatch } = view()
      dispatch.call(view(), state.tr.setSelection(TextSelection.near(state.doc.resolve(state.selection.head))))
    },
    setAttribute: (id, name, value) => {
      const target = element(id)
      if (target === null) return
      doc.transact(() => {
        if (value === null) target.removeAttribute(name)
        else setAttribute(target, name, value)
      }, commands)
    },
    setLgoType: (id, type, on) => {
      const target = element(id)
      if (target !== null) setLgoType(doc, target, type, on, commands)
    },
    setSectionChoice: (section, value, on) => {
      const text = textOf(section)
      if (text !== undefined) setSectionChoice(doc, text, value, on, commands)
    },
  }
}
