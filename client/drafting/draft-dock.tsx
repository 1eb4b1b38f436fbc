/** The dock of a phone: outline, people and waiting words, tools, help; each comes up over the text. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export type Panel = 'outline' | 'side' | 'tools' | null

export type DraftDockProps = {
  readonly panel: Panel
  readonly onPanel: (panel: Panel) => void
  readonly missing: number
  readonly people: number
  readonly writable: boolean
  readonly onHelp: () => void
}

export function DraftDock({ panel, onPanel, missing, people, writable, onHelp }: DraftDockProps) {
  const d = useTexts().drafting
  const toggle = (wanted: Panel) => () => onPanel(panel === wanted ? null : wanted)
  return (
    <nav class="dock phone-only" aria-label={d.more}>
      <button type="button" aria-expanded={panel === 'outline'} onClick={toggle('outline')}>
        <Icon name="list-tree" />
        <span>{d.outline}</span>
        {missing > 0 ? (
          <b class="dot">
            <span class="sr">{d.missing(missing)}</span>
            <span aria-hidden="true">{missing}</span>
          </b>
        ) : null}
      </button>
      <button type="button" aria-expanded={panel === 'side'} onClick={toggle('side')}>
        <Icon name="users" />
        <span>{d.here(people)}</span>
      </button>
      <button
        type="button"
        aria-expanded={panel === 'tools'}
        aria-disabled={writable ? undefined : 'true'}
        onClick={writable ? toggle('tools') : undefined}
      >
        <Icon name="pencil-line" />
        <span>{d.toolsShort}</span>
      </button>
      <button type="button" onClick={onHelp}>
        <Icon name="hand" />
        <span>{d.helpShort}</span>
      </button>
    </nav>
  )
}
