/** One group on the wall: subject, what it says or why it says nothing, activity, who is there, how far each section is. */
import { useTexts } from '../app/texts.tsx'
import type { Texts } from '../../shared/texts/index.ts'
import { IconButton } from '../ui/button.tsx'
import { Cells } from '../ui/cells.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { hourOf, minutesSince, sinceOf } from './clock.ts'
import { Spark } from './spark.tsx'
import type { Wall } from './wall-bar.tsx'

export type Tile = Wall['tiles'][number]
export type HelpCall = Wall['help'][number]

/** A group that has not typed for this long is said to be quiet. */
const QUIET_MINUTES = 5

type Saying = {
  readonly kind: 'help' | 'submitted' | 'closed' | 'quiet' | 'ready' | 'words'
  readonly icon: string | null
  readonly text: string
}

/** What the tile says, the most urgent first. */
function saying(tile: Tile, help: HelpCall | undefined, now: number, t: Texts): Saying {
  if (help !== undefined) {
    return { kind: 'help', icon: 'hand', text: help.about === '' ? t.workshop.helpNoWords : help.about }
  }
  if (tile.submitted !== null) {
    const { n, at } = tile.submitted
    return { kind: 'submitted', icon: 'circle-check', text: t.workshop.saySubmitted(n, hourOf(at)) }
  }
  if (tile.changedAt === null) {
    return {
      kind: 'closed',
      icon: 'circle-dashed',
      text: tile.online === 0 ? t.workshop.sayNoDevice : t.workshop.sayEmpty,
    }
  }
  const quiet = minutesSince(tile.changedAt, now)
  if (isReady(tile)) return { kind: 'ready', icon: 'circle-check', text: t.workshop.sayReady }
  if (quiet >= QUIET_MINUTES && quiet < 240)
    return { kind: 'quiet', icon: 'message-square', text: t.workshop.sayQuiet(quiet) }
  if (tile.lastWords !== null) return { kind: 'words', icon: null, text: `…${tile.lastWords}` }
  return { kind: 'closed', icon: 'eye-off', text: t.workshop.sayClosed }
}

const isReady = (tile: Tile): boolean => tile.missing === 0 && tile.cells.some(({ state }) => state === 'full')

function changedWords(tile: Tile, now: number, t: Texts): string {
  if (tile.changedAt === null) return t.workshop.untouched
  const minutes = minutesSince(tile.changedAt, now)
  if (minutes < 1) return t.workshop.changedNow
  return minutes < 60 ? t.workshop.changedMinutes(minutes) : t.workshop.changedAt(hourOf(tile.changedAt))
}

export type WallTileProps = {
  readonly tile: Tile
  readonly help: HelpCall | undefined
  readonly now: number
  /** The largest count of any tile: all plots have one scale. */
  readonly scale: number
  /** Gives the group a phase of its own; absent for those who only look. */
  readonly onPhase?: (() => void) | undefined
}

export function WallTile({ tile, help, now, scale, onPhase }: WallTileProps) {
  const t = useTexts()
  const waiting = help?.state === 'waiting'
  const said = saying(tile, waiting ? help : undefined, now, t)
  const full = tile.cells.filter(({ state }) => state === 'full').length
  const name = tile.topic === '' ? t.general.groupNumber(tile.number) : tile.topic
  return (
    <li class={`tile tile-${said.kind === 'submitted' ? 'ready' : said.kind}`}>
      <div class="tile-in">
        <header>
          <Mark group={tile.number} size="l" silent />
          <h2>
            {tile.draft === null ? (
              name
            ) : (
              <a href={`/d/${tile.draft}`}>
                {tile.topic === '' ? null : <span class="sr">{t.general.groupNumber(tile.number)} </span>}
                {name}
              </a>
            )}
          </h2>
          {waiting ? <b class="tile-flag">{t.workshop.waits(sinceOf(now - help.at))}</b> : null}
          {tile.submitted === null && said.kind === 'ready' ? <b class="tile-fine">{t.workshop.ready}</b> : null}
          {onPhase === undefined ? null : (
            <IconButton icon="settings" label={t.workshop.groupPhase(tile.number)} onClick={onPhase} />
          )}
        </header>
        <p class="tile-say">
          {said.icon === null ? null : <Icon name={said.icon} />}
          <span>
            {tile.phase === null ? said.text : `${t.workshop.lag(t.terms.phases[tile.phase])} · ${said.text}`}
          </span>
        </p>
        <div class="tile-act">
          <Spark counts={tile.activity} scale={scale} />
          <span class="num">{changedWords(tile, now, t)}</span>
          <span class="num" role="img" aria-label={t.workshop.onlineOf(tile.online, tile.people)}>
            <Icon name="users" /> {tile.online}/{tile.people}
          </span>
        </div>
        <div class="tile-prog">
          <Cells cells={tile.cells} label={t.workshop.cellsLabel(full, tile.cells.length)} />
          <b class="num" aria-hidden="true">
            {full}
            <small>/{tile.cells.length}</small>
          </b>
        </div>
      </div>
    </li>
  )
}
