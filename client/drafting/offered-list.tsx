/** One's own words that lost their place (joined, deleted, refused): kept, to put back where writing is allowed, else to copy. */
import type { SetAside } from '../sync/device-store.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { say } from '../ui/toast.tsx'

export type OfferedListProps = {
  readonly offered: readonly SetAside[]
  /** Null where writing is not allowed. */
  readonly onPutBack: ((offered: SetAside) => void) | null
  readonly onDrop: (offered: SetAside) => void
}

export function OfferedList({ offered, onPutBack, onDrop }: OfferedListProps) {
  const t = useTexts()
  if (offered.length === 0) return null
  return (
    <section class="stack-s" aria-label={t.drafting.offeredTitle}>
      <h2>{t.drafting.offeredTitle}</h2>
      <p class="hint">{t.drafting.offeredText}</p>
      {offered.map((item) => (
        <article class="thread" key={item.key}>
          <p lang="th">{item.text}</p>
          <div class="actions">
            {onPutBack === null ? null : (
              <Button kind="main" icon="rotate-ccw" onClick={() => onPutBack(item)}>
                {t.drafting.putBack}
              </Button>
            )}
            <Button icon="copy" onClick={() => void copyText(item.text).then(() => say({ text: t.general.copied }))}>
              {t.general.copy}
            </Button>
            <Button kind="quiet" onClick={() => onDrop(item)}>
              {t.drafting.drop}
            </Button>
          </div>
        </article>
      ))}
    </section>
  )
}

/** Copies with the clipboard where it exists (https, localhost), else through a selection, as plain http allows. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
