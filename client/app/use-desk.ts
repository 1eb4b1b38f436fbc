/** The denser reading size of the department's working screens, only while such a screen is open. */
import { useEffect } from 'preact/hooks'

export function useDesk(): void {
  useEffect(() => {
    const root = document.documentElement
    const before = root.dataset['density']
    root.dataset['density'] = 'desk'
    return () => {
      if (before === undefined) delete root.dataset['density']
      else root.dataset['density'] = before
    }
  }, [])
}
