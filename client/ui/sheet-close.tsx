/** The arrow that closes a sheet where it lies over the page; whoever shows the sheet lets Escape do it too. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from './icon.tsx'

export function SheetClose({ onClose }: { readonly onClose: () => void }) {
  return (
    <button type="button" class="sheet-close" aria-label={useTexts().general.closeSheet} onClick={onClose}>
      <Icon name="chevron-down" />
    </button>
  )
}
