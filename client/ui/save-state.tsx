/** The state of one's own words: four states, each with an icon and words of its own, told politely; never more than is true. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from './icon.tsx'

export type SaveStateName = 'sending' | 'saved' | 'local' | 'failed'
const ICONS = { sending: 'refresh-cw', saved: 'circle-check', local: 'smartphone', failed: 'triangle-alert' } as const

export type SaveStateProps = {
  readonly state: SaveStateName
  /** Nothing waits, but whether the page shows what the server has is being found out. */
  readonly checking: boolean
  /** The device keeps nothing when the page closes. */
  readonly memoryOnly: boolean
}

export function SaveState({ state, checking, memoryOnly }: SaveStateProps) {
  const { save, saveMore } = useTexts().general
  const name = state === 'sending' && checking ? 'checking' : state === 'local' && memoryOnly ? 'page' : state
  const more = state === 'local' ? saveMore.local : state === 'failed' ? saveMore[memoryOnly ? 'page' : 'failed'] : ''
  return (
    <span class="save" data-state={state} role="status" aria-live="polite" title={more === '' ? undefined : more}>
      <Icon name={ICONS[state]} />
      {save[name]}
      {more === '' ? null : <span class="sr"> {more}</span>}
    </span>
  )
}
