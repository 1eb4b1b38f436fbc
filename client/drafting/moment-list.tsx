/** The moments of a draft as a list to choose from, newest first: when, what it was, how much stood. */
import type { listMoments } from '../../shared/drafting/history-contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { useTexts } from '../app/texts.tsx'
import { useDate } from '../app/use-date.ts'
import { Icon } from '../ui/icon.tsx'

export type Moment = ReplyOf<typeof listMoments>['moments'][number]

const ICONS = {
  'handed-in': 'file-check',
  'before-restore': 'history',
  restored: 'rotate-ccw',
  'before-loss': 'trash-2',
  pause: 'circle-pause',
  begun: 'file-text',
} as const

export type MomentListProps = {
  readonly moments: readonly Moment[]
  readonly chosen: number
  readonly onPick: (seq: number) => void
}

export function MomentList({ moments, chosen, onPick }: MomentListProps) {
  const h = useTexts().history
  const date = useDate()
  const what = ({ kind, nth, of }: Moment): string => {
    if (kind === 'handed-in' && nth !== null) return h.handedIn(nth)
    return kind === 'restored' && of !== null ? h.restoredFrom(date(of, true)) : h.kinds[kind]
  }
  return (
    <nav class="graph moments" aria-label={h.list}>
      <ol>
        {moments.map((moment) => (
          <li key={moment.seq}>
            <button
              type="button"
              aria-current={moment.seq === chosen ? 'true' : undefined}
              onClick={() => onPick(moment.seq)}
            >
              <Icon name={ICONS[moment.kind]} />
              <span class="moment-what">{what(moment)}</span>
              <span class="moment-when">
                <span>{date(moment.at, true)}</span> <span>· {h.letters(moment.letters)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
