/** Where a clause comes from: figures on which groups differ with their marks, why it was decided so, and the original words one tap away. */
import type { ReviewClause } from '../../shared/review/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { GroupMarks } from '../merging/words-of.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'

export function OriginBox({ clause }: { readonly clause: ReviewClause }) {
  const t = useTexts().review
  const date = useDate()
  const { origins, figures, decision } = clause
  if (origins.length === 0) return <p class="muted">{t.noOrigin}</p>
  return (
    <div class="origin">
      {figures.length === 0 ? (
        <p class="origin-same">
          <GroupMarks groups={clause.groups} />
          <span class="muted">{t.sameFigures}</span>
        </p>
      ) : (
        <ul>
          {figures.map((figure) => (
            <li key={`${figure.text} ${figure.groups.join()}`}>
              <b lang="th">{figure.text}</b>
              <GroupMarks groups={figure.groups} />
            </li>
          ))}
        </ul>
      )}
      {decision === null ? null : (
        <p class="origin-why">
          <Icon name="combine" />
          <span>
            {t.decidedBy(decision.by, t.decisions[decision.kind], date(decision.at))}
            {decision.reason === '' ? '' : ': '}
            <span lang="th">{decision.reason}</span>
          </span>
        </p>
      )}
      <details>
        <summary>
          <b>{t.originOf(clause.groups.length)}</b>
          <Icon name="chevron-down" />
        </summary>
        <ol class="origin-words">
          {origins.map((origin) => (
            <li key={`${origin.group} ${origin.code}`}>
              <Mark group={origin.group} size="s" />
              <span>
                <span class="muted num">{t.groupCode(origin.group, origin.code)}</span>{' '}
                <span lang="th">{origin.text}</span>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </div>
  )
}
