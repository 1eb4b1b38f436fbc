/** Steps and time in the set-up: which phases there are, in which order, where the workshop stands, the time and the log. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import type { changeTimer, phaseLog, setAgenda } from '../../shared/workshop/conduct-contract.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { PHASES, type Phase } from '../../shared/workshop/phases.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useLanguage, useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { lengthOf, useServerClock } from './clock.ts'
import { MoveDialog } from './move-dialog.tsx'
import { PendingBanner } from './pending-banner.tsx'

type Workshop = ReplyOf<typeof readWorkshop>

export function PhasesPanel({ workshop }: { readonly workshop: Workshop }) {
  const t = useTexts()
  const now = useServerClock(workshop.now)
  const { busy, error, run } = useAction()
  const [to, setTo] = useState<Phase | null>(null)
  const [minutes, setMinutes] = useState('90')
  const params = { workshop: workshop.id }
  const { agenda, phase, timer } = workshop
  const save = (next: readonly Phase[]) =>
    run(async () => {
      await call<typeof setAgenda>('PUT', '/api/workshops/:workshop/agenda', { params, body: { agenda: [...next] } })
    })
  const swap = (at: number, other: number) => {
    const next = [...agenda]
    const moved = next[at]
    const back = next[other]
    if (moved === undefined || back === undefined) return
    next[at] = back
    next[other] = moved
    void save(next)
  }
  const add = (added: Phase) => {
    const before = agenda.findIndex((one) => PHASES.indexOf(one) > PHASES.indexOf(added))
    const at = before < 0 ? agenda.length : before
    void save([...agenda.slice(0, at), added, ...agenda.slice(at)])
  }
  const order = (body: Parameters<typeof orderTimer>[1]) => run(() => orderTimer(workshop.id, body))
  return (
    <div class="setup-grid">
      <section class="card pad agenda" aria-labelledby="agenda-h">
        <h1 id="agenda-h">{t.workshop.agendaTitle}</h1>
        <p class="hint">{t.workshop.agendaHint}</p>
        <FailureBanner error={error} />
        <PendingBanner workshop={workshop} now={now} />
        <ol>
          {agenda.map((one, index) => (
            <li aria-current={one === phase ? 'step' : undefined} key={one}>
              <label class="agenda-tick">
                <input
                  type="checkbox"
                  checked
                  disabled={one === phase}
                  onChange={() => void save(agenda.filter((kept) => kept !== one))}
                />
                <span class="sr">{t.workshop.include(t.terms.phases[one])}</span>
              </label>
              <span class="agenda-name">{t.terms.phases[one]}</span>
              {one === phase ? (
                <span class="chip chip-accent">{t.workshop.now}</span>
              ) : (
                <Button busy={busy} onClick={() => setTo(one)}>
                  {agenda.indexOf(phase) > index
                    ? t.workshop.backTo(t.terms.phases[one])
                    : t.workshop.goTo(t.terms.phases[one])}
                </Button>
              )}
              <IconButton
                icon="arrow-up"
                label={t.workshop.up(t.terms.phases[one])}
                blocked={index === 0}
                onClick={() => swap(index, index - 1)}
              />
              <IconButton
                icon="arrow-down"
                label={t.workshop.down(t.terms.phases[one])}
                blocked={index === agenda.length - 1}
                onClick={() => swap(index, index + 1)}
              />
            </li>
          ))}
          {PHASES.filter((one) => !agenda.includes(one)).map((one) => (
            <li class="quiet-row" key={one}>
              <label class="agenda-tick">
                <input type="checkbox" checked={false} onChange={() => add(one)} />
                <span class="sr">{t.workshop.include(t.terms.phases[one])}</span>
              </label>
              <span class="agenda-name">{t.terms.phases[one]}</span>
            </li>
          ))}
        </ol>
      </section>
      <div class="grp">
        <section class="card pad grp-make" aria-labelledby="time-h">
          <h2 id="time-h">{t.workshop.timeTitle}</h2>
          <p class="h1 num" role="timer">
            {timer.kind === 'none'
              ? t.workshop.noTimer
              : lengthOf(timer.kind === 'running' ? Math.max(0, timer.endsAt - now) : timer.leftMs)}
          </p>
          <Field
            label={t.workshop.minutesField}
            value={minutes}
            onInput={setMinutes}
            extra={{ type: 'number', min: 1, max: 1440, inputMode: 'numeric' }}
          />
          <div class="row row-wrap">
            <Button
              kind="main"
              icon="play"
              busy={busy}
              onClick={() =>
                void order({ kind: 'start', minutes: Math.min(1440, Math.max(1, Math.round(Number(minutes)) || 1)) })
              }
            >
              {t.workshop.start}
            </Button>
            {timer.kind === 'none' ? null : (
              <Button busy={busy} onClick={() => void order({ kind: 'clear' })}>
                {t.workshop.clearTimer}
              </Button>
            )}
          </div>
        </section>
        <PhaseLog workshop={workshop.id} />
        <a class="btn btn-main btn-big" href={`/w/${workshop.id}/wall`}>
          <Icon name="monitor" /> {t.workshop.openWall}
        </a>
      </div>
      <MoveDialog workshop={workshop.id} to={to} onClose={() => setTo(null)} />
    </div>
  )
}

/** Sends an order about the time. */
export async function orderTimer(
  workshop: string,
  body:
    { readonly kind: 'start' | 'extend'; readonly minutes: number } | { readonly kind: 'pause' | 'resume' | 'clear' },
): Promise<void> {
  await call<typeof changeTimer>('POST', '/api/workshops/:workshop/timer', {
    params: { workshop },
    body: body as never,
  })
}

function PhaseLog({ workshop }: { readonly workshop: string }) {
  const { texts: t, language } = useLanguage()
  const { state } = useRecord<typeof phaseLog>('GET', '/api/workshops/:workshop/phase/log', { params: { workshop } }, [
    `workshop:${workshop}`,
  ])
  const moves = state.kind === 'ready' ? state.value : []
  return (
    <section class="card pad" aria-labelledby="log-h">
      <h2 id="log-h">{t.workshop.logTitle}</h2>
      {moves.length === 0 ? <p class="muted">{t.workshop.logNone}</p> : null}
      <ol class="phase-log">
        {moves.map((move) => (
          <li key={`${move.at} ${move.what}`}>
            <b>
              {move.what === 'called-off'
                ? t.workshop.logCalledOff(move.to === null ? '' : t.terms.phases[move.to])
                : t.workshop.logMoved(t.terms.phases[move.from], move.to === null ? '–' : t.terms.phases[move.to])}
            </b>
            <span class="muted">
              {buddhistDate(move.at, { style: 'short', language, time: true })} {move.byName}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
