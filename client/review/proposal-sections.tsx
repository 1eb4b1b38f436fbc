/** The sections of a version in the template's order: heading, chosen target groups, then what the page draws for each clause. */
import type { ComponentChildren } from 'preact'
import { SECTION_IDS } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'

export type ProposalSectionsProps<Clause> = {
  readonly clauses: readonly Clause[]
  /** Ids of the target groups that were ticked. */
  readonly choices: readonly string[]
  /** Stands before the target groups. */
  readonly choicesLabel?: string
  readonly children: (clause: Clause) => ComponentChildren
}

/** A section with nothing in it is left out, and so is the title, which stands above. */
export function ProposalSections<Clause extends { readonly section: string }>(props: ProposalSectionsProps<Clause>) {
  const { terms } = useTexts()
  return SECTION_IDS.map((id, index) => {
    const clauses = props.clauses.filter(({ section }) => section === id)
    const choices = id === 'target_groups' ? props.choices : []
    if (id === 'title' || (clauses.length === 0 && choices.length === 0)) return null
    return (
      <section key={id}>
        <h2>
          <span class="no">{index + 1}</span>
          {terms.sections[id]}
        </h2>
        {choices.length === 0 ? null : (
          <p class="rev-choices">
            {props.choicesLabel === undefined ? null : <span class="muted">{props.choicesLabel} </span>}
            {choices.map((one) => (terms.targetGroups as Record<string, string>)[one] ?? one).join(', ')}
          </p>
        )}
        {clauses.map(props.children)}
      </section>
    )
  })
}
