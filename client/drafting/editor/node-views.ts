/** The node views of the editor, by node. */
import type { Node } from 'prosemirror-model'
import type { NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { EditorContext } from './context.ts'
import { icon, make } from './dom.ts'
import { isVerified, lawName } from '../../../shared/thai/laws.ts'
import { FieldView, RecommendationView } from './recommendation-view.ts'
import { SectionView } from './section-view.ts'

/** A citation: the law's short name as one sign in the text. */
function citeView(node: Node, { texts }: EditorContext): NodeView {
  const law = String(node.attrs['law'])
  const state = isVerified(law) ? undefined : 'unverified'
  const words = texts.lawName?.(law) ?? lawName(law)
  const sign = icon(state === undefined ? 'scale' : 'circle-question-mark')
  return {
    dom: make('span', { class: 'law', 'data-cite': law, 'data-state': state, contenteditable: 'false' }, sign, words),
  }
}

/** All node views; `open` collects recommendations by their element, so that the caret can unfold them. */
export function nodeViews(
  context: EditorContext,
  open: WeakMap<Element, RecommendationView>,
): Record<string, NodeViewConstructor> {
  return {
    section: (node) => new SectionView(node, context),
    recommendation: (node) => {
      const view = new RecommendationView(node, context)
      open.set(view.dom, view)
      return view
    },
    field: (node) => new FieldView(node, context),
    cite: (node) => citeView(node, context),
  }
}
