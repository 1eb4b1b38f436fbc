/** The state of one's own words: four states, each with an icon and words of its own, told politely. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from './icon.tsx'

export type SaveStateName = 'sending' | 'saved' | 'local' | 'failed'
const ICONS = { sending: 'refresh-cw', saved: 'circle-check', local: 'smartphone', failed: 'triangle-alert' } as const

export function SaveState({ state }: { readonly state: SaveStateName }) {
  const t = useTexts()
  return (
    <span class="save" data-state={state} role="status" aria-live="polite">
      <Icon name={ICONS[state]} />
      {t.general.save[state]}
    </span>
  )
}
