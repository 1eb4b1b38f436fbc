/** One thing a form does: busy while it runs, and the words of what went wrong. */
import { useRef, useState } from 'preact/hooks'
import { CallFailed } from './api.ts'

export type ActionState = {
  readonly busy: boolean
  readonly error: CallFailed | null
  /** Runs the work unless it runs already; a failure stands in `error` until the next run or `clear`. */
  readonly run: (work: () => Promise<void>) => Promise<void>
  readonly clear: () => void
}

export function useAction(): ActionState {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallFailed | null>(null)
  const running = useRef(false)
  return {
    busy,
    error,
    clear: () => setError(null),
    async run(work) {
      if (running.current) return
      running.current = true
      setBusy(true)
      setError(null)
      try {
        await work()
      } catch (failure) {
        setError(failure instanceof CallFailed ? failure : new CallFailed(500, 'unexpected', { th: '', en: '' }))
      } finally {
        running.current = false
        setBusy(false)
      }
    },
  }
}
