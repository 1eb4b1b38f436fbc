/** Short words after an action, said politely and gone by themselves; an undo may stand in them. */
import { useEffect, useState } from 'preact/hooks'

export type Toast = {
  readonly text: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
}

const SHOWN_MS = 6_000
const TOAST = 'rangruam:toast'

/** Shows words at the foot of the screen. */
export function say(toast: Toast): void {
  dispatchEvent(new CustomEvent<Toast>(TOAST, { detail: toast }))
}

/** Where toasts appear; once in the application. */
export function ToastHost() {
  const [toasts, setToasts] = useState<readonly (Toast & { readonly id: number })[]>([])
  useEffect(() => {
    let count = 0
    const show = (event: Event) => {
      const toast = { ...(event as CustomEvent<Toast>).detail, id: ++count }
      setToasts((shown) => [...shown, toast])
      setTimeout(() => setToasts((shown) => shown.filter((other) => other.id !== toast.id)), SHOWN_MS)
    }
    addEventListener(TOAST, show)
    return () => removeEventListener(TOAST, show)
  }, [])
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div class="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action === undefined ? null : (
            <button type="button" class="btn" onClick={toast.action.onClick}>
              {toast.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
