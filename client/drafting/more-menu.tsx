/** The menu of tools that are seldom used: opens by pointer or keyboard, Escape closes it and gives the focus back. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export type MoreTool = {
  readonly icon: string
  readonly label: string
  readonly onPress: () => void
}

export function MoreMenu({ tools }: { readonly tools: readonly MoreTool[] }) {
  const d = useTexts().drafting
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  /** A finger leaves the focus in the text, so that its keyboard stays; a key takes it to the menu. */
  const [open, setOpen] = useState<'pointer' | 'key' | null>(null)
  const items = (): HTMLButtonElement[] => [
    ...(box.current?.querySelectorAll<HTMLButtonElement>('[role=menuitem]') ?? []),
  ]

  useLayoutEffect(() => {
    if (open === 'key') items()[0]?.focus()
  }, [open])
  useEffect(() => {
    if (open === null) return
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return
      // This one is the menu's: neither a sheet nor the writing mode ends.
      event.preventDefault()
      event.stopPropagation()
      setOpen(null)
      if (box.current?.contains(document.activeElement) === true) button.current?.focus()
    }
    const outside = (event: Event): void => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) setOpen(null)
    }
    document.addEventListener('keydown', pressed, true)
    document.addEventListener('pointerdown', outside, true)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('keydown', pressed, true)
      document.removeEventListener('pointerdown', outside, true)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  const step = (event: KeyboardEvent): void => {
    const all = items()
    const at = all.findIndex((item) => item === document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    all[(to + all.length) % all.length]?.focus()
  }
  return (
    <div class="more-tools" ref={box}>
      <button
        type="button"
        class="btn btn-icon"
        ref={button}
        aria-label={d.moreTools}
        title={d.moreTools}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        // A press by a key has no clicks to count.
        onClick={(event) => setOpen(open === null ? (event.detail === 0 ? 'key' : 'pointer') : null)}
      >
        <Icon name="ellipsis" />
      </button>
      {open === null ? null : (
        <div class="more-menu" role="menu" tabIndex={-1} id={id} aria-label={d.moreTools} onKeyDown={step}>
          {tools.map(({ icon, label, onPress }) => (
            <button
              type="button"
              role="menuitem"
              class="btn btn-quiet"
              key={label}
              onClick={() => {
                setOpen(null)
                onPress()
              }}
            >
              <Icon name={icon} />
              {label}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
