/** Which clauses an editor has in hand at this moment, so that another sees the name: kept in memory, a notice and no lock. */
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'

/** The page tells again well before this; a window that was closed without a word is forgotten after it. */
const FORGOTTEN_MS = 45_000

export type InHand = { readonly person: PersonId; readonly name: string; readonly clauses: readonly string[] }
export type DecidingNowDeps = { readonly announcer: Announcer; readonly now: () => number }
export type DecidingNow = ReturnType<typeof createDecidingNow>

export function createDecidingNow({ announcer, now }: DecidingNowDeps) {
  const workshops = new Map<WorkshopId, Map<PersonId, InHand & { readonly at: number }>>()

  function hold(workshop: WorkshopId, { person, name, clauses }: InHand): void {
    const held = workshops.get(workshop) ?? new Map<PersonId, InHand & { readonly at: number }>()
    if (clauses.length === 0) held.delete(person)
    else held.set(person, { person, name, clauses, at: now() })
    if (held.size === 0) workshops.delete(workshop)
    else workshops.set(workshop, held)
  }

  // Each node keeps what editors told any of them.
  const close = announcer.subscribe((event, origin) => {
    if (event.kind === 'clauses-in-hand' && origin === 'elsewhere') hold(event.workshop, event)
  })

  return {
    /** Says which clauses (keys of the ledger) this editor has in hand, none when leaving. */
    tell(viewer: Viewer, workshop: WorkshopId, clauses: readonly string[]): void {
      require(viewer, 'merge.decide', { workshop })
      const { person, name } = viewer
      if (person === null) return
      const before = workshops.get(workshop)?.get(person)?.clauses ?? []
      hold(workshop, { person, name, clauses })
      announcer.announce({ kind: 'clauses-in-hand', workshop, person, name, clauses: [...clauses] })
      if (before.join(' ') !== clauses.join(' ')) announcer.announce({ kind: 'deciding-changed', workshop })
    },

    /** What the others have in hand. */
    others(viewer: Viewer, workshop: WorkshopId): readonly InHand[] {
      require(viewer, 'merge.read', { workshop })
      const held = workshops.get(workshop)
      if (held === undefined) return []
      for (const [person, { at }] of held) if (now() - at > FORGOTTEN_MS) held.delete(person)
      return [...held.values()]
        .filter(({ person }) => person !== viewer.person)
        .map(({ person, name, clauses }) => ({ person, name, clauses }))
    },
    close,
  }
}
