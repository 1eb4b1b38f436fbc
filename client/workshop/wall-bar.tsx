/** The top of the wall: which workshop, the way through its phases, the code to join, the time with five minutes more and a pause. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { showJoinCode } from '../../shared/people/join-code.ts'
import type { readWall } from '../../shared/workshop/conduct-contract.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { hourOf, lengthOf, partsOf } from './clock.ts'
import { joinLink, useJoinCode } from './code-panel.tsx'

export type Wall = ReplyOf<typeof readWall>
const DAY_MS = 86_400_000
/** Phases shown before and after the present one: as many as a projector has room for. */
const BEFORE = 2
const AFTER = 3

export type WallBarProps = {
  readonly wall: Wall
  readonly now: number
  /** False for those who only look. */
  readonly commands: boolean
  readonly onMore: () => void
  readonly onHold: () => void
}

export function WallBar({ wall, now, commands, onMore, onHold }: WallBarProps) {
  const t = useTexts()
  const { workshop } = wall
  const first = Date.parse(`${workshop.begins}T00:00:00+07:00`)
  const days = Math.round((Date.parse(`${workshop.ends}T00:00:00+07:00`) - first) / DAY_MS) + 1
  const day = Math.floor((now - first) / DAY_MS) + 1
  const { timer } = workshop
  return (
    <header class="bar wall-bar">
      <div class="wall-path">
        <p class="wall-title">
          {workshop.title}
          {day >= 1 && day <= days && days > 1 ? <span class="muted">{t.workshop.day(day, days)}</span> : null}
        </p>
        <Path workshop={workshop} />
      </div>
      <JoinCorner workshop={workshop.id} />
      <div class="wall-timer">
        <Time timer={timer} now={now} />
        <span class="wall-until">
          {timer.kind === 'running'
            ? t.workshop.until(hourOf(timer.endsAt))
            : timer.kind === 'paused'
              ? t.workshop.held
              : ''}
        </span>
      </div>
      {commands ? (
        <div class="wall-ctl wide-only">
          <Button icon="plus" onClick={onMore}>
            <span class="sr">{t.workshop.addTime} </span>
            {t.workshop.more(5)}
          </Button>
          <Button icon={timer.kind === 'paused' ? 'play' : 'pause'} onClick={onHold}>
            {timer.kind === 'paused' ? t.workshop.goOn : t.workshop.hold}
          </Button>
        </div>
      ) : null}
    </header>
  )
}

function Path({ workshop }: { readonly workshop: Wall['workshop'] }) {
  const t = useTexts()
  const { agenda, phase } = workshop
  const at = agenda.indexOf(phase)
  const from = Math.max(0, Math.min(at - BEFORE, agenda.length - BEFORE - AFTER - 1))
  const shown = agenda.slice(from, from + BEFORE + AFTER + 1)
  return (
    <ol class="path" aria-label={t.workshop.pathLabel} start={from + 1}>
      {shown.map((one) => {
        const index = agenda.indexOf(one)
        return (
          <li
            class={index < at ? 'done' : index === at ? 'now' : undefined}
            aria-current={index === at ? 'step' : undefined}
            key={one}
          >
            {index < at ? <Icon name="check" /> : null}
            <span>{t.terms.phases[one]}</span>
          </li>
        )
      })}
    </ol>
  )
}

function Time({ timer, now }: { readonly timer: Wall['workshop']['timer']; readonly now: number }) {
  const t = useTexts()
  if (timer.kind === 'none') return <span class="wall-no-timer">{t.workshop.noTimer}</span>
  const left = timer.kind === 'running' ? Math.max(0, timer.endsAt - now) : timer.leftMs
  const { minutes, seconds } = partsOf(left)
  return (
    <span
      class="timer"
      role="timer"
      aria-label={left === 0 ? t.workshop.timeUp : t.workshop.timeLeft(minutes, seconds)}
    >
      {left === 0 ? t.workshop.timeUp : lengthOf(left)}
    </span>
  )
}

/** Code and QR stay on the wall for all the days of the workshop. */
function JoinCorner({ workshop }: { readonly workshop: string }) {
  const t = useTexts()
  const code = useJoinCode(workshop)
  if (code === null) return null
  return (
    <div class="wall-join wide-only">
      <span class="wall-join-words">
        <span>{t.workshop.joinCorner}</span>
        <b class="num">{showJoinCode(code)}</b>
      </span>
      <QrCode text={joinLink(location.origin)} label={t.workshop.codeQr} />
    </div>
  )
}
