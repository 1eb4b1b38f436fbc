/** How much was written in each draft during the last half hour, minute by minute; kept in memory, for the wall's small plot. */
import type { DraftId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'

export const ACTIVITY_MINUTES = 30
const MINUTE_MS = 60_000

export type Activity = {
  /** Changes in each of the last 30 minutes, the oldest first. Counted since the server started. */
  of(draft: DraftId): readonly number[]
  /** When the draft changed last, as far as this process has seen; null when it has not. */
  changedAt(draft: DraftId): number | null
  close(): void
}

/** Counts `digest-changed` announcements; a change of text makes one at most every second or so. */
export function createActivity({
  announcer,
  now = Date.now,
}: {
  readonly announcer: Announcer
  readonly now?: () => number
}): Activity {
  const counts = new Map<DraftId, Map<number, number>>()
  const last = new Map<DraftId, number>()
  const close = announcer.subscribe((event) => {
    if (event.kind !== 'digest-changed') return
    const minute = Math.floor(now() / MINUTE_MS)
    last.set(event.draft, now())
    const minutes = counts.get(event.draft) ?? new Map<number, number>()
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
    for (const old of minutes.keys()) if (old <= minute - ACTIVITY_MINUTES) minutes.delete(old)
    counts.set(event.draft, minutes)
  })
  return {
    of(draft) {
      const present = Math.floor(now() / MINUTE_MS)
      const minutes = counts.get(draft)
      return Array.from({ length: ACTIVITY_MINUTES }, (_, at) => minutes?.get(present - ACTIVITY_MINUTES + 1 + at) ?? 0)
    },
    changedAt: (draft) => last.get(draft) ?? null,
    close,
  }
}
