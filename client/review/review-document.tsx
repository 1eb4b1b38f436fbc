/** The version as a page: sections and clauses with their codes, whose words they are, and the answer each has. */
import { shortHash } from '../../shared/merging/version.ts'
import type { ReviewClause, ReviewView } from '../../shared/review/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { GroupMarks } from '../merging/words-of.tsx'
import { Icon } from '../ui/icon.tsx'
import { CodedClause, MainWords } from './clause-text.tsx'
import { ProposalSections } from './proposal-sections.tsx'

const TONES = { accept: 'chip-ok', change: 'chip-warn', decline: 'chip-bad' } as const
const ICONS = { accept: 'check', change: 'pencil-line', decline: 'x' } as const
/** Numbers beside the lines of a printed clause, so that a pen can point at one. */
const LINE_NUMBERS = Array.from({ length: 40 }, (_, index) => index + 1).join('\n')

export function AnswerChip({ clause }: { readonly clause: ReviewClause }) {
  const t = useTexts().review
  const { answer } = clause
  if (answer === null) {
    if (!clause.asked) return null
    return (
      <span class="chip">
        <Icon name="circle-dashed" />
        {t.none}
      </span>
    )
  }
  return (
    <span class={`chip ${TONES[answer.kind]}`}>
      <Icon name={ICONS[answer.kind]} />
      {t.answersShort[answer.kind]}
    </span>
  )
}

export type ReviewDocumentProps = {
  readonly view: ReviewView
  readonly redline: boolean
  readonly current: string | null
  readonly onChoose: (clause: string) => void
}

export function ReviewDocument({ view, redline, current, onChoose }: ReviewDocumentProps) {
  const { review: t } = useTexts()
  const date = useDate()
  return (
    <article class="page">
      <h1 class="doc-title" lang="th">
        {view.title}
      </h1>
      <p class="print-only">{t.printHead(view.number, shortHash(view.hash), date(view.at))}</p>
      <ProposalSections clauses={view.clauses} choices={view.choices} choicesLabel={t.choices}>
        {(clause) =>
          clause.kind === 'heading' ? (
            <h3 class="rev-heading" key={clause.id}>
              <span class="item-n">{clause.code}</span> <MainWords parts={clause.parts} redline={redline} />
            </h3>
          ) : (
            <a
              class="item"
              href="#ans"
              key={clause.id}
              id={`c-${clause.id}`}
              aria-current={clause.id === current ? 'true' : undefined}
              onClick={(event) => {
                event.preventDefault()
                onChoose(clause.id)
              }}
            >
              <CodedClause clause={clause} redline={redline} />
              <span class="item-f">
                <GroupMarks groups={clause.groups} />
                <AnswerChip clause={clause} />
              </span>
              <span class="print-lines" aria-hidden="true">
                {LINE_NUMBERS}
              </span>
            </a>
          )
        }
      </ProposalSections>
    </article>
  )
}
