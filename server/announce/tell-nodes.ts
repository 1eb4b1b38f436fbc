/** Ties the announcers of several nodes together: what happens on one is heard on all, once and without an echo. */
import type { Announcer, AppEvent } from './events.ts'
import type { Nodes } from './nodes.ts'

/** Each node finds these out for itself. */
const OWN: readonly AppEvent['kind'][] = ['presence-changed', 'missed']

/** Returns the way to stop. */
export function tellNodes(announcer: Announcer, nodes: Nodes): () => void {
  const stops = [
    announcer.subscribe((event, origin) => {
      if (origin === 'here' && !OWN.includes(event.kind)) nodes.send({ kind: 'happened', event })
    }),
    nodes.listen({
      heard(message) {
        if (message.kind === 'happened') announcer.relay(message.event)
      },
      missed: () => announcer.relay({ kind: 'missed' }),
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
