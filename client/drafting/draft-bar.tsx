/** The bar over the draft: group, phase and time, is it saved, who is here, help, handing in. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readGroup } from '../../shared/workshop/conduct-contract.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { nextTextSize, switchTheme } from '../app/settings.ts'
import { useLanguage } from '../app/texts.tsx'
import type { SyncStatus } from '../sync/sync-status.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { SaveState } from '../ui/save-state.tsx'
import type { Visitor } from './outline.tsx'
import { PhaseStrip } from './phase-strip.tsx'

export type DraftBarProps = {
  readonly group: ReplyOf<typeof readGroup> | null
  readonly workshop: ReplyOf<typeof readWorkshop> | null
  readonly status: SyncStatus | null
  readonly visitors: readonly Visitor[]
  readonly maySubmit: boolean
  /** Not handed in, or opened again. */
  readonly open: boolean
  readonly onOutline: () => void
  readonly onPeople: () => void
  readonly onHelp: () => void
  readonly onSubmit: () => void
}

const FACES = 4

export function DraftBar({
  group,
  workshop,
  status,
  visitors,
  maySubmit,
  open,
  onOutline,
  onPeople,
  onHelp,
  onSubmit,
}: DraftBarProps) {
  const { texts: t, language, choose } = useLanguage()
  const d = t.drafting
  const [menu, setMenu] = useState(false)
  const scribe = group?.people.find((person) => person.role === 'scribe')
  const about = [
    group === null ? '' : t.general.groupNumber(group.number),
    group === null ? '' : d.members(group.people.length),
    scribe === undefined ? '' : d.scribe(scribe.name),
  ]
  const submit = maySubmit ? d.submit : d.check
  return (
    <header class="bar">
      {/* Where the columns beside the page have no room. */}
      <span class="bar-outline">
        <IconButton icon="list-tree" label={d.outline} onClick={onOutline} />
      </span>
      {group === null ? null : <Mark group={group.number} size="l" />}
      <div class="bar-title">
        <b>{group === null || group.topic === '' ? (workshop?.title ?? '') : group.topic}</b>
        <span>{about.filter(Boolean).join(' · ')}</span>
      </div>
      <span class="grow" />
      {workshop === null ? null : <PhaseStrip workshop={workshop} />}
      {status === null ? null : (
        <SaveState state={status.save} checking={status.checking} memoryOnly={status.memoryOnly} />
      )}
      <button type="button" class="here wide-only" onClick={onPeople}>
        <span class="sr">{d.here(visitors.length + 1)}</span>
        <span class="faces">
          {visitors.slice(0, FACES).map((visitor) => (
            <Face id={visitor.id} name={visitor.name} key={visitor.id} silent />
          ))}
          {visitors.length > FACES ? <span class="face face-more">+{visitors.length - FACES}</span> : null}
        </span>
      </button>
      <span class="bar-side">
        <IconButton icon="users" label={d.here(visitors.length + 1)} onClick={onPeople} />
      </span>
      <span class="wide-only row">
        {group === null || !open ? null : (
          <Button kind="help" icon="hand" onClick={onHelp}>
            <span class="bar-help">{d.help}</span>
          </Button>
        )}
        {open ? (
          <Button kind="main" icon={maySubmit ? 'send' : 'list-checks'} onClick={onSubmit}>
            {submit}
          </Button>
        ) : null}
      </span>
      <IconButton icon="ellipsis-vertical" label={d.more} onClick={() => setMenu(true)} />
      <Dialog title={d.more} open={menu} onClose={() => setMenu(false)}>
        <div class="stack-s">
          {open ? (
            <Button
              full
              kind="main"
              icon={maySubmit ? 'send' : 'list-checks'}
              onClick={() => {
                setMenu(false)
                onSubmit()
              }}
            >
              {submit}
            </Button>
          ) : null}
          {group === null ? null : (
            <a class="btn btn-full" href={`/w/${group.workshop}/groups/${group.id}/outcomes`}>
              {d.outcomes}
            </a>
          )}
          {group === null || group.draft === null ? null : (
            <a class="btn btn-full" href={`/d/${group.draft}/history`}>
              <Icon name="history" />
              {t.history.title}
            </a>
          )}
          <Button full icon="languages" onClick={() => choose(language === 'th' ? 'en' : 'th')}>
            {t.general.otherLanguage}
          </Button>
          <Button full icon="a-large-small" onClick={nextTextSize}>
            {t.general.textSize}
          </Button>
          <Button full icon="moon" onClick={switchTheme}>
            {t.general.switchTheme}
          </Button>
          <h3>{d.keysTitle}</h3>
          <dl class="key-list">
            {d.keyList.map(([keys, what]) => (
              <div class="row" key={keys}>
                <dt class="kbd">{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </div>
      </Dialog>
    </header>
  )
}
