/** A modal dialog on the browser's own <dialog>: focus goes in and comes back, Escape closes. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useId, useRef } from 'preact/hooks'

export type DialogProps = {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly children: ComponentChildren
  readonly actions?: ComponentChildren
}

export function Dialog({ title, open, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (open && !element.open) element.showModal()
    if (!open && element.open) element.close()
  }, [open])
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={heading} onClose={onClose}>
      {open ? (
        <div class="dialog-body">
          <h2 id={heading}>{title}</h2>
          {children}
          {actions === undefined ? null : <div class="dialog-actions">{actions}</div>}
        </div>
      ) : null}
    </dialog>
  )
}
