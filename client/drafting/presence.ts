/** Who else is in the draft and where, from the connection's presence; names are the server's, whatever a client says. */
import type { Awareness } from 'y-protocols/awareness'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import { colourOf } from '../ui/face.tsx'
import type { RelativeSelection } from './binding/carets.ts'
import type { EditorPresence, RemoteCaret } from './editor/overlay.ts'
import type { Visitor } from './outline.tsx'

type Stated = {
  readonly user?: { id?: unknown; name?: unknown }
  readonly selection?: unknown
  readonly section?: unknown
  readonly unsent?: unknown
}

/** Presence as the editor wants it: carets of others; one's own selection is told to them. */
export function presenceOf(awareness: Awareness): EditorPresence {
  return {
    publish: (selection) => awareness.setLocalStateField('selection', selection),
    carets: () =>
      others(awareness).flatMap(([client, state]): RemoteCaret[] => {
        const { id, name } = personOf(state)
        if (!isSelection(state.selection)) return []
        return [
          { key: String(client), name, colour: colourOf(id) as RemoteCaret['colour'], selection: state.selection },
        ]
      }),
    subscribe(listener) {
      awareness.on('change', listener)
      return () => awareness.off('change', listener)
    },
  }
}

/** Tells others which section one is in. */
export function tellSection(awareness: Awareness, section: SectionId | null): void {
  awareness.setLocalStateField('section', section)
}

/** Other people who have the draft open, each once however many devices. */
export function visitorsOf(awareness: Awareness, self: string): Visitor[] {
  const visitors = new Map<string, Visitor>()
  for (const [, state] of others(awareness)) {
    const { id, name } = personOf(state)
    if (id === self || id === '') continue
    visitors.set(id, {
      id,
      name,
      section: SECTION_IDS.find((section) => section === state.section) ?? null,
      unsent: state.unsent === true || visitors.get(id)?.unsent === true,
    })
  }
  return [...visitors.values()].sort((a, b) => a.name.localeCompare(b.name, 'th'))
}

function others(awareness: Awareness): [number, Stated][] {
  return [...awareness.getStates()].filter(([client]) => client !== awareness.clientID) as [number, Stated][]
}

function personOf(state: Stated): { readonly id: string; readonly name: string } {
  const { id, name } = state.user ?? {}
  return { id: typeof id === 'string' ? id : '', name: typeof name === 'string' ? name : '' }
}

function isSelection(value: unknown): value is RelativeSelection {
  return typeof value === 'object' && value !== null && 'anchor' in value && 'head' in value
}
