/** Phase and time on the draft: which step, how long; the timer warns and never stops anybody from typing. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { lengthOf, useServerClock } from '../workshop/clock.ts'

export function PhaseStrip({ workshop }: { readonly workshop: ReplyOf<typeof readWorkshop> }) {
  const t = useTexts()
  const now = useServerClock(workshop.now)
  const at = workshop.agenda.indexOf(workshop.phase)
  const { timer } = workshop
  const left = timer.kind === 'running' ? timer.endsAt - now : timer.kind === 'paused' ? timer.leftMs : null
  return (
    <div class="phase" data-state={left !== null && left <= 60_000 ? 'soon' : undefined}>
      <span class="phase-name">
        <span class="sr">{t.drafting.phaseOf(at + 1, workshop.agenda.length)}</span>
        <b>{t.terms.phases[workshop.phase]}</b>
        <span class="ticks" aria-hidden="true">
          {workshop.agenda.map((phase, index) => (
            <i class={index < at ? 'done' : index === at ? 'now' : ''} key={phase} />
          ))}
        </span>
      </span>
      {left === null ? null : (
        <span class="timer" role="timer">
          <small>{timer.kind === 'paused' ? t.drafting.paused : left > 0 ? t.drafting.left('') : ''}</small>{' '}
          {left > 0 ? lengthOf(left) : t.drafting.timeUp}
        </span>
      )}
    </div>
  )
}
