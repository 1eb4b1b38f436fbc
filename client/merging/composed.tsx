/** The result beside the table: the proposal as it stands with its sources, and the ledger of every clause. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { LedgerRowView, mergeProposal } from '../../shared/merging/contract.ts'
import type { SectionId } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { GroupMarks } from './words-of.tsx'

type Proposal = ReplyOf<typeof mergeProposal>

export type Preview = { readonly text: string; readonly groups: readonly number[] } | null

export function ComposedPage({
  proposal,
  section,
  preview,
}: {
  readonly proposal: Proposal
  readonly section: SectionId
  readonly preview: Preview
}) {
  const t = useTexts()
  const m = t.merging
  const here = useRef<HTMLElement>(null)
  useEffect(() => {
    const pane = here.current?.closest('.composed')
    if (here.current !== null && pane) pane.scrollTo({ top: here.current.offsetTop - 64 })
  }, [section, preview === null])
  const shown = proposal.sections.filter(
    ({ id, clauses }) => clauses.length > 0 || (id === section && preview !== null),
  )
  if (shown.length === 0) return <p class="muted composed-empty">{m.composedEmpty}</p>
  return (
    <article class="mini-page">
      {shown.map(({ id, choices, clauses }) => (
        <section key={id} {...(id === section ? { ref: here } : {})}>
          <h2>
            <span class="no">{proposal.sections.findIndex((other) => other.id === id) + 1}</span>
            {t.terms.sections[id]}
          </h2>
          {choices.length === 0 ? null : (
            <p class="muted sm">
              {choices
                .map((choice) => t.terms.targetGroups[choice as keyof typeof t.terms.targetGroups] ?? choice)
                .join(' · ')}
            </p>
          )}
          {clauses.map((item) => (
            <div class="para" key={item.clause.id}>
              <p lang="th">
                <b>{item.code}</b> {item.text}
              </p>
              <span class="prov">
                <GroupMarks groups={item.groups} /> {item.kind === null ? '' : m.provenance[item.kind]}
                {item.by === '' ? '' : ` · ${item.by}`}
              </span>
            </div>
          ))}
          {id === section && preview !== null ? (
            <div class="para is-new">
              <p lang="th">{preview.text}</p>
              <span class="prov">
                <GroupMarks groups={preview.groups} /> {m.willAdd}
              </span>
            </div>
          ) : null}
        </section>
      ))}
    </article>
  )
}

export function LedgerList({
  rows,
  onGo,
}: {
  readonly rows: readonly LedgerRowView[]
  readonly onGo: (row: LedgerRowView) => void
}) {
  const t = useTexts()
  const m = t.merging
  const [onlyLeft, setOnlyLeft] = useState(true)
  const shown = onlyLeft ? rows.filter((row) => row.decision === null || row.trouble !== null) : rows
  return (
    <div class="led" id="ledger">
      <label class="led-filter">
        <input type="checkbox" checked={onlyLeft} onChange={(event) => setOnlyLeft(event.currentTarget.checked)} />
        {m.onlyLeft}
      </label>
      {shown.length === 0 ? <p class="muted composed-empty">{m.left(0)}</p> : null}
      <ul>
        {shown.map((row) => (
          <li key={row.key}>
            <button type="button" onClick={() => onGo(row)}>
              <Mark group={row.group} size="s" />
              <span class="led-what">
                <span class="led-text" lang="th">
                  <b>{row.code}</b> {row.text}
                </span>
                <span class={`led-state${row.trouble === null ? '' : ' is-bad'}`}>
                  <Icon
                    name={
                      row.trouble !== null ? 'triangle-alert' : row.decision === null ? 'circle-dashed' : 'circle-check'
                    }
                  />
                  {row.decision === null ? m.undecided : m.decided[row.decision.kind]}
                  {row.change === null ? '' : ` · ${m.changeNames[row.change]}`}
                  {row.trouble === null ? '' : ` · ${m.troubles[row.trouble]}`}
                  {row.where.map((place) => ` · ${m.toCode(place.code)}`)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
