/** A page of its own density: `desk` for tables and forms, `wall` for the projector. */
import { useEffect } from 'preact/hooks'

export function useDensity(density: 'desk' | 'wall'): void {
  useEffect(() => {
    const root = document.documentElement
    root.dataset['density'] = density
    return () => {
      delete root.dataset['density']
    }
  }, [density])
}
