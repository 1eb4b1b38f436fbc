/** How a recommendation stands on the page: the measure first, its other fields and choices unfold. */
import type { Node } from 'prosemirror-model'
import type { NodeView, ViewMutationRecord } from 'prosemirror-view'
import { INSTRUMENTS, LEVELS, LGO_TYPES, PRIORITIES } from '../../../shared/drafting/canonical.ts'
import type { LgoType, RecommendationField } from '../../../shared/drafting/canonical.ts'
import type { EditorContext, RecommendationChoice } from './context.ts'
import { button, make } from './dom.ts'

/** Has it anything but its measure? Then it is shown unfolded from the start. */
function hasDetails(node: Node): boolean {
  let details = ['levelOf', 'instrument', 'priority', 'amount', 'unit'].some((name) => node.attrs[name] !== null)
  node.forEach((child) => {
    if (child.type.name === 'choice' || (child.attrs['name'] !== 'measure' && child.content.size > 0)) details = true
  })
  return details
}

let serial = 0

export class RecommendationView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  readonly #controls: HTMLElement
  readonly #head: HTMLElement
  readonly #fold: HTMLButtonElement
  readonly #inputs = new Map<RecommendationChoice, HTMLSelectElement | HTMLInputElement>()
  readonly #boxes = new Map<LgoType, HTMLInputElement>()
  readonly #context: EditorContext
  readonly #stop: () => void
  #node: Node

  constructor(node: Node, context: EditorContext) {
    this.#node = node
    this.#context = context
    const { texts } = context
    const id = `fields-${++serial}`
    this.contentDOM = make('div', { class: 'rec-text', id })
    this.#fold = button('btn btn-quiet', texts.editor.moreFields, () => this.#unfold(!this.#isOpen()), 'chevron-down')
    this.#fold.setAttribute('aria-controls', id)
    const remove = button('btn btn-quiet btn-bad', texts.editor.removeRecommendation, () => this.#remove(), 'trash-2')
    this.#head = make('header', { contenteditable: 'false' }, make('span', { class: 'rec-no' }))
    this.#controls = make('div', { class: 'rec-controls', contenteditable: 'false' })
    this.#controls.append(make('div', { class: 'rec-choices' }, ...this.#choices()), this.#lgoTypes())
    const foot = make('footer', { class: 'rec-foot', contenteditable: 'false' }, this.#fold, remove)
    this.dom = make('div', { class: 'rec', role: 'group', 'aria-label': texts.editor.recommendation })
    this.dom.append(this.#head, this.contentDOM, this.#controls, foot)
    this.#unfold(hasDetails(node))
    this.#stop = context.onEditable((editable) => {
      remove.hidden = !editable
      for (const control of this.#controls.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select'))
        control.disabled = !editable
    })
    this.#show()
  }

  #id(): string {
    return String(this.#node.attrs['id'] ?? '')
  }

  #remove(): void {
    this.#context.actions.removeClause(this.#id())
  }

  #isOpen(): boolean {
    return this.dom.hasAttribute('data-open')
  }

  #unfold(open: boolean): void {
    const { editor } = this.#context.texts
    this.dom.toggleAttribute('data-open', open)
    this.#fold.setAttribute('aria-expanded', String(open))
    const label = this.#fold.querySelector('span')
    if (label !== null) label.textContent = open ? editor.fewerFields : editor.moreFields
  }

  /** Shows all fields: the caret came into one. */
  open(): void {
    if (!this.#isOpen()) this.#unfold(true)
  }

  #choices(): HTMLElement[] {
    const { terms, editor } = this.#context.texts
    return [
      this.#select('levelOf', terms.fields.levelOf, LEVELS, terms.levels),
      this.#select('instrument', terms.fields.instrument, INSTRUMENTS, terms.instruments),
      this.#select('priority', terms.fields.priority, PRIORITIES, terms.priorities),
      this.#input('amount', editor.amount, 'decimal'),
      this.#input('unit', editor.unit, 'text', editor.unitHint),
    ]
  }

  #select<Value extends string>(
    name: RecommendationChoice,
    label: string,
    values: readonly Value[],
    names: Readonly<Record<Value, string>>,
  ): HTMLElement {
    const select = make(
      'select',
      { class: 'input' },
      make('option', { value: '' }, this.#context.texts.editor.notChosen),
    )
    for (const value of values) select.append(make('option', { value }, names[value]))
    select.addEventListener('change', () =>
      this.#context.actions.setAttribute(this.#id(), name, select.value === '' ? null : select.value),
    )
    this.#inputs.set(name, select)
    return make('label', { class: 'field' }, make('span', { class: 'label' }, label), select)
  }

  #input(name: 'amount' | 'unit', label: string, mode: string, hint?: string): HTMLElement {
    const input = make('input', { class: 'input', type: 'text', inputmode: mode, placeholder: hint })
    input.addEventListener('change', () => {
      const value = input.value.trim()
      const amount = Number(value.replaceAll(',', ''))
      if (name === 'unit') this.#context.actions.setAttribute(this.#id(), name, value === '' ? null : value)
      else if (value === '') this.#context.actions.setAttribute(this.#id(), name, null)
      else if (Number.isFinite(amount)) this.#context.actions.setAttribute(this.#id(), name, amount)
      else this.#show()
    })
    this.#inputs.set(name, input)
    return make('label', { class: 'field' }, make('span', { class: 'label' }, label), input)
  }

  #lgoTypes(): HTMLElement {
    const { terms, editor } = this.#context.texts
    const group = make('fieldset', { class: 'ticks-of' }, make('legend', { class: 'label' }, editor.lgoTypes))
    for (const type of LGO_TYPES) {
      const box = make('input', { type: 'checkbox', value: type })
      box.addEventListener('change', () => this.#context.actions.setLgoType(this.#id(), type, box.checked))
      this.#boxes.set(type, box)
      group.append(make('label', { class: 'tick-choice' }, box, make('span', {}, terms.lgoTypes[type])))
    }
    return group
  }

  /** Shows what the node holds; an input that somebody types in is left alone. */
  #show(): void {
    this.dom.setAttribute('data-clause', this.#id())
    this.dom.id = `clause-${this.#id()}`
    for (const [name, input] of this.#inputs) {
      if (document.activeElement === input && input instanceof HTMLInputElement) continue
      input.value = String(this.#node.attrs[name] ?? '')
      // Paper leaves out what was not chosen.
      input.parentElement?.toggleAttribute('data-unset', input.value === '')
    }
    const values = new Set<string>()
    this.#node.forEach((child) => {
      if (child.type.name === 'choice') values.add(String(child.attrs['value']))
    })
    for (const [type, box] of this.#boxes) box.checked = values.has(type)
    this.#controls.querySelector('fieldset')?.toggleAttribute('data-unset', values.size === 0)
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#show()
    return true
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof Element && !this.contentDOM.contains(event.target) && event.target !== this.dom
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }

  destroy(): void {
    this.#stop()
  }
}

/** One written field with its label. */
export class FieldView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  #node: Node

  constructor(node: Node, { texts }: EditorContext) {
    this.#node = node
    const name = String(node.attrs['name']) as RecommendationField
    const label = texts.terms.fields[name]
    this.contentDOM = make('div', { class: 'rec-input', 'data-name': name })
    const title = make('span', { class: 'rec-label', contenteditable: 'false' }, label)
    this.dom = make('div', { class: 'rec-field', 'data-field': name }, title, this.contentDOM)
    this.#mark()
  }

  #mark(): void {
    this.dom.toggleAttribute('data-empty', this.#node.content.size === 0)
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type || node.attrs['name'] !== this.#node.attrs['name']) return false
    this.#node = node
    this.#mark()
    return true
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }
}
