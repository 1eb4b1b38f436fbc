/** The side of the wall for facilitators: the queue of calls for help, the last announcement, coverage, the next phase. */
import type { Phase } from '../../shared/workshop/phases.ts'
import type { closeHelp, takeHelp } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { DeviceSettings } from '../ui/top-bar.tsx'
import { hourOf, sinceOf } from './clock.ts'
import { Coverage } from './coverage.tsx'
import { DoorButton } from './door-list.tsx'
import type { Wall } from './wall-bar.tsx'

export type WallRailProps = {
  readonly wall: Wall
  readonly now: number
  readonly commands: boolean
  readonly next: Phase | null
  readonly onNext: () => void
  readonly onBroadcast: () => void
  readonly onPresent: () => void
}

export function WallRail({ wall, now, commands, next, onNext, onBroadcast, onPresent }: WallRailProps) {
  const t = useTexts()
  return (
    <aside class="rail" aria-label={t.workshop.railLabel}>
      <HelpQueue wall={wall} now={now} commands={commands} />
      <section class="rail-say" aria-labelledby="rail-say-h">
        <h2 id="rail-say-h">
          <Icon name="megaphone" /> {t.workshop.broadcastTitle}
        </h2>
        {wall.broadcast === null ? (
          <p class="muted">{t.workshop.broadcastNone}</p>
        ) : (
          <>
            <p>{t.workshop.quoted(wall.broadcast.text)}</p>
            <p class="rail-meta">{t.workshop.broadcastMeta(hourOf(wall.broadcast.at), wall.broadcast.byName)}</p>
          </>
        )}
        {commands ? (
          <Button full icon="send" onClick={onBroadcast}>
            {t.workshop.broadcastNew}
          </Button>
        ) : null}
      </section>
      <section class="rail-cov" aria-labelledby="rail-cov-h">
        <h2 id="rail-cov-h">{t.workshop.coverageTitle}</h2>
        <Coverage tiles={wall.tiles} />
        <p class="legend">
          <i /> {t.workshop.coverageLegend}
        </p>
      </section>
      <div class="rail-end">
        <WallLinks workshop={wall.workshop.id} commands={commands} />
        <div class="row page-settings">
          <DeviceSettings />
        </div>
        <Button full icon="maximize" onClick={onPresent}>
          {t.workshop.present}
        </Button>
        {commands ? (
          <Button
            kind="main"
            big
            full
            iconAfter="arrow-right"
            blocked={next === null ? t.workshop.lastPhase : undefined}
            onClick={onNext}
          >
            {next === null ? t.workshop.lastPhase : t.workshop.goTo(t.terms.phases[next])}
          </Button>
        ) : null}
      </div>
    </aside>
  )
}

/** From the wall to the other pages of the workshop. */
export function WallLinks({ workshop, commands }: { readonly workshop: string; readonly commands: boolean }) {
  const t = useTexts()
  return (
    <nav class="row row-wrap rail-links" aria-label={t.workshop.wallLinks}>
      {commands ? (
        <>
          <a class="btn" href={`/w/${workshop}/setup`}>
            <Icon name="settings" /> {t.workshop.toSetup}
          </a>
          <a class="btn" href={`/w/${workshop}/cards`}>
            <Icon name="qr-code" /> {t.workshop.toCardsShort}
          </a>
        </>
      ) : null}
      <a class="btn" href="/staff">
        <Icon name="table-2" /> {t.workshop.toWorkshops}
      </a>
    </nav>
  )
}

function HelpQueue({ wall, now, commands }: Pick<WallRailProps, 'wall' | 'now' | 'commands'>) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const closing = useAction()
  const failed = error ?? closing.error
  const numberOf = (group: string) => wall.tiles.find(({ id }) => id === group)?.number ?? 0
  const waiting = wall.help.filter(({ state }) => state === 'waiting')
  const take = (id: string) =>
    run(() => call<typeof takeHelp>('POST', '/api/help/:call/take', { params: { call: id } }))
  const close = (id: string) =>
    closing.run(() =>
      call<typeof closeHelp>('POST', '/api/help/:call/close', { params: { call: id }, body: { answer: '' } }),
    )
  return (
    <section class={wall.help.length > 0 ? 'rail-help' : undefined} aria-labelledby="rail-help-h">
      <h2 id="rail-help-h">
        <Icon name="hand" /> {t.workshop.helpTitle} <span class="count">{waiting.length}</span>
      </h2>
      {wall.help.length === 0 ? <p class="muted">{t.workshop.helpNone}</p> : null}
      <FailureBanner error={failed} />
      <ol>
        {wall.help.map((one, index) => (
          <li class={one.state === 'taken' ? 'taken' : undefined} key={one.id}>
            <Mark group={numberOf(one.group)} />
            <span class="grow">
              <b>
                {one.state === 'taken' ? t.workshop.takenBy(one.takenByName) : t.workshop.waits(sinceOf(now - one.at))}
              </b>
              <span>
                {one.state === 'taken' && one.takenAt !== null
                  ? t.workshop.takenAt(hourOf(one.takenAt))
                  : one.about === ''
                    ? t.workshop.helpNoWords
                    : one.about}
              </span>
            </span>
            {!commands ? null : one.state === 'waiting' ? (
              <Button kind={index === 0 ? 'main' : 'plain'} busy={busy} onClick={() => void take(one.id)}>
                {t.workshop.goHelp}
                <span class="sr"> {t.general.groupNumber(numberOf(one.group))}</span>
              </Button>
            ) : (
              <Button busy={closing.busy} onClick={() => void close(one.id)}>
                {t.workshop.done}
                <span class="sr"> {t.general.groupNumber(numberOf(one.group))}</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
      {commands ? <DoorButton workshop={wall.workshop.id} /> : null}
    </section>
  )
}
