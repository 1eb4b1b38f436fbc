/** The wall: nine groups live on a projector; help, announcements, time and the next phase for facilitators. */
import { useEffect, useState } from 'preact/hooks'
import type { readWall } from '../../shared/workshop/conduct-contract.ts'
import { phaseAfter, type Phase } from '../../shared/workshop/phases.ts'
import { useRecord } from '../app/record.ts'
import { navigate, type PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure, useFailureText } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { PhoneSettings } from '../ui/top-bar.tsx'
import { BroadcastDialog } from './broadcast-dialog.tsx'
import { useServerClock } from './clock.ts'
import { GroupPhaseDialog } from './group-phase-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { PendingBanner } from './pending-banner.tsx'
import { orderTimer } from './phases-panel.tsx'
import { useDensity } from './use-density.ts'
import { useMay } from './use-may.ts'
import { WallBar, type Wall } from './wall-bar.tsx'
import { useWallKeys } from './wall-keys.ts'
import { WallLinks, WallRail } from './wall-rail.tsx'
import { WallTile, type Tile } from './wall-tile.tsx'

export function Page({ params }: PageProps) {
  const t = useTexts()
  const workshop = params['workshop'] ?? ''
  const { state, reload } = useRecord<typeof readWall>(
    'GET',
    '/api/workshops/:workshop/wall',
    { params: { workshop } },
    [`workshop:${workshop}`],
  )
  useDensity('wall')
  useEffect(() => {
    // Digests age without news: "changed 4 minutes ago" needs a look now and then.
    const timer = setInterval(reload, 30_000)
    return () => clearInterval(timer)
  }, [reload])
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  if (state.value.tiles.length === 0) {
    const action = { href: `/w/${workshop}/setup`, label: t.workshop.openSetup }
    return <Empty icon="users" title={t.workshop.wallEmptyTitle} text={t.workshop.wallEmptyText} action={action} />
  }
  return <LiveWall wall={state.value} stale={state.stale} />
}

type Open = 'broadcast' | 'keys' | null

function LiveWall({ wall, stale }: { readonly wall: Wall; readonly stale: boolean }) {
  const t = useTexts()
  const words = useFailureText()
  const { workshop } = wall
  const now = useServerClock(wall.now)
  const commands = useMay()('phase.move', workshop.id)
  const { error, run } = useAction()
  const [presenting, setPresenting] = useState(false)
  const [open, setOpen] = useState<Open>(null)
  const [to, setTo] = useState<Phase | null>(null)
  const [phaseOf, setPhaseOf] = useState<Tile | null>(null)
  const next = phaseAfter(workshop.agenda, workshop.phase)
  const more = () => void run(() => orderTimer(workshop.id, { kind: 'extend', minutes: 5 }))
  const hold = () =>
    void run(() => orderTimer(workshop.id, { kind: workshop.timer.kind === 'paused' ? 'resume' : 'pause' }))
  const scale = Math.max(1, ...wall.tiles.flatMap(({ activity }) => activity))
  useWallKeys({
    open(number) {
      const draft = wall.tiles.find((tile) => tile.number === number)?.draft
      if (draft !== undefined && draft !== null) navigate(`/d/${draft}`)
    },
    broadcast: () => (commands ? setOpen('broadcast') : undefined),
    more: () => (commands ? more() : undefined),
    present: () => setPresenting((on) => !on),
    keys: () => setOpen('keys'),
  })
  return (
    <div class={`wall${presenting ? ' wall-present' : ''}`}>
      <a class="skip" href="#tiles">
        {t.workshop.skipWall}
      </a>
      <WallBar wall={wall} now={now} commands={commands && !presenting} onMore={more} onHold={hold} />
      <div class="wall-notes" role="status">
        <PendingBanner workshop={workshop} now={now} readOnly={!commands || presenting} />
        {stale ? (
          <Banner tone="warn" icon="wifi-off">
            {t.general.stale}
          </Banner>
        ) : null}
        {error === null ? null : (
          <Banner tone="bad" icon="circle-alert">
            {words(error)}
          </Banner>
        )}
      </div>
      <div class="wall-grid">
        <main id="tiles" tabIndex={-1}>
          <h1 class="sr">{t.workshop.wallTitle}</h1>
          <ol class="tiles">
            {wall.tiles.map((tile) => (
              <WallTile
                tile={tile}
                help={wall.help.find(({ group }) => group === tile.id)}
                now={now}
                scale={scale}
                onPhase={commands && !presenting ? () => setPhaseOf(tile) : undefined}
                key={tile.id}
              />
            ))}
          </ol>
        </main>
        {presenting ? null : (
          <WallRail
            wall={wall}
            now={now}
            commands={commands}
            next={next}
            onNext={() => setTo(next)}
            onBroadcast={() => setOpen('broadcast')}
            onPresent={() => setPresenting(true)}
          />
        )}
      </div>
      {presenting ? null : (
        <>
          <div class="phone-only">
            <WallLinks workshop={workshop.id} commands={commands} />
          </div>
          <PhoneSettings />
        </>
      )}
      {presenting ? (
        <button type="button" class="btn wall-leave" onClick={() => setPresenting(false)}>
          <Icon name="x" /> {t.workshop.presentEnd}
        </button>
      ) : null}
      {commands && !presenting ? (
        <nav class="dock phone-only" aria-label={t.workshop.dockLabel}>
          <button type="button" onClick={() => setOpen('broadcast')}>
            <Icon name="megaphone" />
            <span>{t.workshop.dockBroadcast}</span>
          </button>
          <button type="button" onClick={more}>
            <Icon name="plus" />
            <span>{t.workshop.dockMore}</span>
          </button>
          <button type="button" onClick={hold}>
            <Icon name={workshop.timer.kind === 'paused' ? 'play' : 'pause'} />
            <span>{workshop.timer.kind === 'paused' ? t.workshop.goOn : t.workshop.dockHold}</span>
          </button>
          <button type="button" aria-disabled={next === null} onClick={() => setTo(next)}>
            <Icon name="arrow-right" />
            <span>{t.workshop.dockNext}</span>
          </button>
        </nav>
      ) : null}
      {phaseOf === null ? null : (
        <GroupPhaseDialog workshop={workshop} tile={phaseOf} onClose={() => setPhaseOf(null)} />
      )}
      <MoveDialog workshop={workshop.id} to={to} onClose={() => setTo(null)} />
      <BroadcastDialog workshop={workshop.id} open={open === 'broadcast'} onClose={() => setOpen(null)} />
      <Dialog
        title={t.workshop.keys}
        open={open === 'keys'}
        onClose={() => setOpen(null)}
        actions={<Button onClick={() => setOpen(null)}>{t.general.close}</Button>}
      >
        <dl class="key-list">
          {t.workshop.keyList.map(([key, what]) => (
            <div class="row" key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </div>
  )
}
