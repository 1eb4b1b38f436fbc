/** Groups by sections: where something is left to decide, where clauses conflict; one tab stop, arrows within. */
import { useRef } from 'preact/hooks'
import type { Matrix as MatrixData } from '../../shared/merging/contract.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'

export type MatrixProps = {
  readonly matrix: MatrixData
  readonly current: SectionId
  readonly onChoose: (section: SectionId) => void
}

/** Groups that fit beside the sections' names; more scroll within the table. */
const ROOM = 9

/** A number as it stands in a cell, for the key below the table. */
const EXAMPLE = 3

type Cell = MatrixData['sections'][number]['cells'][number]

function CellOf({ cell }: { readonly cell: Cell }) {
  const m = useTexts().merging
  if (cell.total === 0) {
    return (
      <td class="mx-0">
        <span aria-hidden="true">–</span>
        <span class="sr">{m.cellNone}</span>
      </td>
    )
  }
  if (cell.remaining === 0) {
    return (
      <td class="mx-d">
        <Icon name="check" />
        <span class="sr">{m.cellDone}</span>
      </td>
    )
  }
  return (
    <td class={cell.conflict ? 'mx-c' : 'mx-n'}>
      <span class="sr">{cell.conflict ? m.cellConflict : m.cellLeft} </span>
      {cell.remaining}
    </td>
  )
}

export function Matrix({ matrix, current, onChoose }: MatrixProps) {
  const t = useTexts()
  const m = t.merging
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = matrix.sections[index + step]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next.id)
    body.current?.querySelectorAll<HTMLElement>('button')[index + step]?.focus()
  }
  return (
    <>
      <table class={matrix.groups.length > ROOM ? 'mx-many' : undefined}>
        <thead>
          <tr>
            <th scope="col">
              <span class="sr">{m.section}</span>
            </th>
            {matrix.groups.map((group) => (
              <th scope="col" key={group.id}>
                <Mark group={group.number} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {matrix.sections.map((section, index) => (
            <tr key={section.id} aria-current={section.id === current ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  tabIndex={section.id === current ? 0 : -1}
                  aria-pressed={section.id === current}
                  onClick={() => onChoose(section.id)}
                  onKeyDown={(event) => move(event, index)}
                >
                  <span class="num">{index + 1}</span>
                  {t.terms.shortSections[section.id]}
                </button>
              </th>
              {section.cells.map((cell) => (
                <CellOf cell={cell} key={cell.group} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="mx-key" aria-label={m.meaning}>
        <li>
          <span class="mx-d">
            <Icon name="check" />
          </span>{' '}
          {m.cellDone}
        </li>
        <li>
          <span class="mx-n">{EXAMPLE}</span> {m.keyLeft}
        </li>
        <li>
          <span class="mx-c">{EXAMPLE}</span> {m.keyConflict}
        </li>
      </ul>
    </>
  )
}
