/** A link to hand on: to copy (also where the browser has no clipboard), and as a QR for another device. */
import { useRef } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { say } from '../ui/toast.tsx'

export function ShareLink({ link }: { readonly link: string }) {
  const t = useTexts()
  const box = useRef<HTMLInputElement>(null)
  const copy = async () => {
    box.current?.select()
    // On plain http there is no clipboard; the text stays selected and the words say what to do.
    try {
      await navigator.clipboard.writeText(link)
      say({ text: t.general.copied })
    } catch {
      say({ text: t.people.copyByHand })
    }
  }
  return (
    <div class="share-link">
      <QrCode text={link} label={t.people.qrOf} />
      <input
        ref={box}
        class="input"
        readOnly
        value={link}
        aria-label={t.people.linkLabel}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button icon="copy" full onClick={() => void copy()}>
        {t.general.copy}
      </Button>
    </div>
  )
}
