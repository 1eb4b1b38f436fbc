/** The picture on the front page: nine drafts, one proposal that says where each paragraph came from, one approval. */
import { useTexts } from '../app/texts.tsx'
import { Mark } from '../ui/mark.tsx'

const LINES =
  'M30 20H110C200 20 210 95.7 300 95.7M30 59H110C200 59 210 96.8 300 96.8M30 98H110C200 98 210 98 300 98M30 137H110C200 137 210 99.2 300 99.2M30 176H110C200 176 210 100.3 300 100.3M88 39.5C190 39.5 210 96.2 300 96.2M88 78.5C190 78.5 210 97.4 300 97.4M88 117.5C190 117.5 210 98.6 300 98.6M88 156.5C190 156.5 210 99.8 300 99.8'
const GROUPS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
/** Whose words the drawn page shows. */
const ON_THE_PAGE = [1, 4, 8] as const

export function FlowFigure() {
  const t = useTexts()
  return (
    <figure class="flow">
      <svg viewBox="0 0 720 196" role="img" aria-label={t.people.flowTitle}>
        <path class="flow-lines" d={LINES} />
        <g class="flow-page">
          <path d="M306 8h122l22 22v158H306Z" />
          <path d="M428 8v22h22" />
        </g>
        <path class="flow-text" d="M350 48h70M350 60h54M350 88h74M350 100h66M350 112h40M350 140h70M350 152h50" />
        <path class="flow-arrow" d="M470 98h66m-10-9 10 9-10 9" />
        <g class="flow-seal">
          <circle cx="600" cy="98" r="48" />
          <path d="m580 99 14 14 27-30" />
        </g>
      </svg>
      <div class="flow-marks" aria-hidden="true">
        {GROUPS.map((group) => (
          <span class={`fm fm${group}`} key={group}>
            <Mark group={group} silent />
          </span>
        ))}
        {ON_THE_PAGE.map((group, at) => (
          <span class={`fm fp${at + 1}`} key={group}>
            <Mark group={group} size="s" silent />
          </span>
        ))}
      </div>
      <figcaption>
        {t.people.flow.map((words) => (
          <span key={words}>{words}</span>
        ))}
      </figcaption>
    </figure>
  )
}
