/** The node views of the editor, by node. */
import type { Node } from 'prosemirror-model'
import type { NodeView, NodeViewConstructor } from 'prosemirror-view'
import type { EditorContext } from './context.ts'
import { make } from './dom.ts'
import { FieldView, RecommendationView } from './recommendation-view.ts'
import { SectionView } from './section-view.ts'

/** A citation: the law's short name as one sign in the text. */
function citeView(node: Node, { texts }: EditorContext): NodeView {
  const law = String(node.attrs['law'])
  return {
    dom: make('span', { class: 'law', 'data-cite': law, contenteditable: 'false' }, texts.lawName?.(law) ?? law),
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
