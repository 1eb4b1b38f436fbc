/** Who proposed the clause with the caret: the group, unless somebody taps faces; shown and changed beside the page. */
import type { nameProposers, readProposers } from '../../shared/drafting/contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readGroup } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Face } from '../ui/face.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'

export type ClauseProposersProps = {
  readonly draft: string
  /** The clause with the caret. */
  readonly clause: string | null
  readonly group: ReplyOf<typeof readGroup> | null
  readonly writable: boolean
}

export function ClauseProposers({ draft, clause, group, writable }: ClauseProposersProps) {
  const d = useTexts().drafting
  const { error, run } = useAction()
  const record = useRecord<typeof readProposers>('GET', '/api/drafts/:draft/proposers', { params: { draft } }, [
    `draft:${draft}`,
  ])
  if (group === null || record.state.kind !== 'ready') return null
  const named: readonly string[] = record.state.value.find((one) => one.clause === clause)?.people ?? []
  const shown = writable ? group.people : group.people.filter(({ id }) => named.includes(id))
  const name = (people: readonly string[]) =>
    run(async () => {
      await call<typeof nameProposers>('POST', '/api/drafts/:draft/clauses/:clause/proposers', {
        params: { draft, clause: clause ?? '' },
        body: { people: [...people] },
      })
      record.reload()
    })
  return (
    <section class="stack-s" id="proposers" aria-label={d.proposedBy} tabIndex={-1}>
      <h2>{d.proposedBy}</h2>
      {clause === null ? (
        <p class="hint">{d.proposedWhere}</p>
      ) : (
        <>
          <ul class="proposer-list">
            <li>
              <button
                type="button"
                aria-pressed={named.length === 0}
                aria-disabled={!writable}
                onClick={() => (writable ? void name([]) : undefined)}
              >
                {d.proposedByGroup}
              </button>
            </li>
            {shown.map((person) => {
              const isNamed = named.includes(person.id)
              return (
                <li key={person.id}>
                  <button
                    type="button"
                    aria-pressed={isNamed}
                    aria-disabled={!writable}
                    onClick={() => {
                      if (!writable) return
                      void name(isNamed ? named.filter((id) => id !== person.id) : [...named, person.id])
                    }}
                  >
                    <Face id={person.id} name={person.name} silent />
                    <span>{person.name}</span>
                  </button>
                </li>
              )
            })}
          </ul>
          {writable ? <p class="hint">{d.proposedHint}</p> : null}
        </>
      )}
      <FailureBanner error={error} />
    </section>
  )
}
