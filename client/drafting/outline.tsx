/** The outline beside the page: progress, what is still missing, the sections with who is where. */
import type { SectionId, TemplateSection } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import { Cells } from '../ui/cells.tsx'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import type { SectionDigest } from '../../shared/drafting/progress.ts'
import type { MissingItem } from './progress-of-draft.ts'

export type Visitor = {
  readonly id: string
  readonly name: string
  readonly section: SectionId | null
  /** Words of theirs do not get through. */
  readonly unsent: boolean
}

export type OutlineProps = {
  readonly sections: readonly TemplateSection[]
  readonly progress: readonly SectionDigest[]
  readonly missing: readonly MissingItem[]
  readonly current: SectionId | null
  readonly visitors: readonly Visitor[]
  /** Puts the caret where something is missing, or at the section's beginning. */
  readonly onGo: (section: SectionId, clause: string | null) => void
}

const STATES = { full: 'st2', half: 'st1', empty: 'st0' } as const

export function Outline({ sections, progress, missing, current, visitors, onGo }: OutlineProps) {
  const t = useTexts()
  const stateOf = (id: SectionId) => progress.find((section) => section.id === id)?.state ?? 'empty'
  const full = sections.filter((section) => stateOf(section.id) === 'full').length
  const owed = new Set(missing.map((item) => item.section))
  return (
    <>
      <section class="progress">
        <p class="progress-n">
          <b>{t.drafting.fullOf(full, sections.length)}</b>
          <span class="muted">{t.drafting.always}</span>
        </p>
        <Cells
          label={t.drafting.cells(full, sections.length)}
          cells={sections.map((section) => ({ state: stateOf(section.id), owed: owed.has(section.id) }))}
        />
        <MissingList missing={missing} sections={sections} onGo={onGo} />
      </section>
      <ol class="toc">
        {sections.map((section) => (
          <li key={section.id}>
            <a
              href={`#section-${section.id}`}
              aria-current={section.id === current ? 'location' : undefined}
              onClick={(event) => {
                event.preventDefault()
                onGo(section.id, null)
              }}
            >
              <i class={`st ${STATES[stateOf(section.id)]}`} />
              <span>{section.number}</span>
              <b>
                {t.terms.shortSections[section.id]}
                {section.asked ? <span class="req">*</span> : null}
              </b>
              <span class="toc-who">
                {visitors
                  .filter((visitor) => visitor.section === section.id)
                  .slice(0, 3)
                  .map((visitor) => (
                    <Face id={visitor.id} name={t.drafting.isHere(visitor.name)} key={visitor.id} small />
                  ))}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </>
  )
}

type MissingListProps = Pick<OutlineProps, 'missing' | 'sections' | 'onGo'>

/** What is asked for and not there; each line leads to its place. */
export function MissingList({ missing, sections, onGo }: MissingListProps) {
  const t = useTexts()
  if (missing.length === 0) {
    return (
      <p class="row sm">
        <Icon name="circle-check" />
        {t.drafting.nothingMissing}
      </p>
    )
  }
  const numberOf = (id: SectionId) => sections.find((section) => section.id === id)?.number ?? ''
  const words = (item: MissingItem) =>
    item.field === undefined
      ? (t.drafting.missingSection[item.section] ?? t.drafting.missingOther(t.terms.sections[item.section]))
      : t.drafting.missingField(t.terms.fields[item.field])
  return (
    <details class="missing" open>
      <summary>
        <Icon name="circle-alert" />
        <b>{t.drafting.missing(missing.length)}</b>
        <Icon name="chevron-down" />
      </summary>
      <ul>
        {missing.map((item, index) => (
          <li key={index}>
            <a
              href={`#section-${item.section}`}
              onClick={(event) => {
                event.preventDefault()
                onGo(item.section, item.clause ?? null)
              }}
            >
              <span>{item.code ?? numberOf(item.section)}</span> {words(item)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
