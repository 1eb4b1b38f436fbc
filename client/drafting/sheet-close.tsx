/** The arrow that closes a sheet of the draft where it lies over the page; Escape does it too. */
import { useEffect } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export function SheetClose({ onClose }: { readonly onClose: () => void }) {
  const d = useTexts().drafting
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      // Also from the text: the editor prevents the default of every Escape.
      if (event.key === 'Escape' && !event.isComposing) onClose()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [onClose])
  return (
    <button type="button" class="sheet-close" aria-label={d.closeSheet} onClick={onClose}>
      <Icon name="chevron-down" />
    </button>
  )
}
