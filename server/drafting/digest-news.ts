/** Tells that a draft's progress changed, at most once a second a draft, however fast people type. */
import type { DraftId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'

/** The wall promises a change within a second. */
const CALM_MS = 700

/** Follows appended entries and announces `digest-changed`; returns the way to stop. */
export function tellDigests(announcer: Announcer): () => void {
  const timers = new Map<DraftId, NodeJS.Timeout>()
  const stop = announcer.subscribe((event, origin) => {
    // Where it was appended it is told, to all nodes.
    if (event.kind !== 'draft-appended' || origin === 'elsewhere' || timers.has(event.draft)) return
    const { draft, workshop, group } = event
    const timer = setTimeout(() => {
      timers.delete(draft)
      announcer.announce({ kind: 'digest-changed', draft, workshop, group })
    }, CALM_MS)
    timers.set(draft, timer)
  })
  return () => {
    stop()
    for (const timer of timers.values()) clearTimeout(timer)
  }
}
