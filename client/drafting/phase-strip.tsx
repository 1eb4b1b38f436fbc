/** Phase and time on the draft: which step, how long; the timer warns and never stops anybody from typing. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { lengthOf, useServerClock } from '../workshop/clock.ts'

type Workshop = ReplyOf<typeof readWorkshop>

/** Milliseconds left of the phase, also while its time is paused; null without a time. */
function useTimeLeft({ now, timer }: Workshop): number | null {
  const clock = useServerClock(now)
  return timer.kind === 'running' ? timer.endsAt - clock : timer.kind === 'paused' ? timer.leftMs : null
}

/** The time alone, for whoever writes. */
export function TimeLeft({ workshop }: { readonly workshop: Workshop }) {
  const t = useTexts()
  const left = useTimeLeft(workshop)
  if (left === null) return null
  return (
    <span class="timer" role="timer">
      <small>{workshop.timer.kind === 'paused' ? t.drafting.paused : left > 0 ? t.drafting.left('') : ''}</small>{' '}
      {left > 0 ? lengthOf(left) : t.drafting.timeUp}
    </span>
  )
}

export function PhaseStrip({ workshop }: { readonly workshop: Workshop }) {
  const t = useTexts()
  const at = workshop.agenda.indexOf(workshop.phase)
  const left = useTimeLeft(workshop)
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
      <TimeLeft workshop={workshop} />
    </div>
  )
}
