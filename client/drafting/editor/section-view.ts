/** How a section stands on the page: its number and heading, its clauses, and what one can add to it. */
import type { Node } from 'prosemirror-model'
import type { NodeView, ViewMutationRecord } from 'prosemirror-view'
import { TARGET_GROUPS } from '../../../shared/drafting/template.ts'
import type { SectionId, TemplateSection } from '../../../shared/drafting/template.ts'
import type { EditorContext } from './context.ts'
import { button, icon, make } from './dom.ts'

/** The target groups that a section's choice nodes tick. */
function ticked(node: Node): Set<string> {
  const values = new Set<string>()
  node.forEach((block) => {
    if (block.type.name === 'choice') values.add(String(block.attrs['value']))
  })
  return values
}

function isEmpty(node: Node): boolean {
  let empty = true
  node.forEach((block) => {
    if (block.type.name !== 'choice') empty = false
  })
  return empty
}

export class SectionView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  readonly #controls: HTMLElement
  readonly #boxes = new Map<string, HTMLInputElement>()
  readonly #addClause: HTMLButtonElement
  /** What belongs here: beside the text and never in it. */
  readonly #guide: HTMLElement
  readonly #stop: () => void
  #node: Node

  constructor(node: Node, context: EditorContext) {
    this.#node = node
    const id = String(node.attrs['id']) as SectionId
    const { texts, template, actions } = context
    const section = template.sections.find((candidate) => candidate.id === id)
    const heading = `heading-${id}`
    this.contentDOM = make('div', { class: 'section-text' })
    this.#controls = make('div', { class: 'section-controls', contenteditable: 'false' })
    this.#addClause = button('blank', texts.editor.addClause, () => actions.addClause(id), 'plus')
    this.#guide = make('div', { class: 'guide' }, icon('lightbulb'), make('span', {}, texts.terms.guidance[id]))
    this.#fill(section, context)
    this.dom = make(
      'section',
      { id: `section-${id}`, 'data-section': id, 'data-holds': section?.holds, 'aria-labelledby': heading },
      make(
        'h2',
        { id: heading, contenteditable: 'false' },
        make('span', { class: 'no' }, String(section?.number ?? '')),
        texts.terms.sections[id],
      ),
      this.contentDOM,
      this.#controls,
    )
    this.#stop = context.onEditable((editable) => {
      this.#controls.toggleAttribute('data-closed', !editable)
      for (const control of this.#controls.querySelectorAll<HTMLInputElement | HTMLButtonElement>('input, button'))
        control.disabled = !editable
    })
    this.#show()
  }

  #fill(section: TemplateSection | undefined, { texts, actions }: EditorContext): void {
    if (section === undefined) return
    if (section.holds === 'choices') {
      const legend = make('legend', { class: 'label' }, texts.editor.chooseTargetGroups)
      const group = make('fieldset', { class: 'ticks-of' }, legend)
      for (const value of TARGET_GROUPS) {
        const box = make('input', { type: 'checkbox', value })
        box.addEventListener('change', () => actions.setSectionChoice(section.id, value, box.checked))
        this.#boxes.set(value, box)
        group.append(make('label', { class: 'tick-choice' }, box, make('span', {}, texts.terms.targetGroups[value])))
      }
      this.#controls.append(group)
    }
    this.#controls.append(this.#addClause, this.#guide)
    if (section.holds !== 'recommendations') return
    const add = button(
      'btn btn-full rec-add',
      texts.editor.addRecommendation,
      () => actions.addRecommendation(section.id),
      'plus',
    )
    this.#controls.insertBefore(add, this.#guide)
  }

  #show(): void {
    const values = ticked(this.#node)
    for (const [value, box] of this.#boxes) box.checked = values.has(value)
    const holds = this.#node.attrs['id'] === 'recommendations'
    this.#addClause.hidden = holds || !isEmpty(this.#node)
    this.#guide.hidden = !holds && this.#node.textContent !== ''
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type || node.attrs['id'] !== this.#node.attrs['id']) return false
    this.#node = node
    this.#show()
    return true
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && this.#controls.contains(event.target)
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }

  destroy(): void {
    this.#stop()
  }
}
