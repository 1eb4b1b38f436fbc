/** What the person of this page may do: the same table that the server asks, to hide what would be refused. */
import type { GroupId, WorkshopId } from '../../shared/ids.ts'
import { may, type Action } from '../../shared/people/access.ts'
import type { me } from '../../shared/people/contract.ts'
import type { Standing } from '../../shared/people/roles.ts'
import { useRecord } from '../app/record.ts'

/** In a workshop, or without one for what happens in none (making one). */
export type May = (action: Action, workshop?: string) => boolean

/** Nothing is allowed until the answer is there. */
export function useMay(): May {
  const { state } = useRecord<typeof me>('GET', '/api/me', {})
  const held = state.kind === 'ready' ? state.value.standings : []
  const standings = held.map(({ role, workshop, group }): Standing => ({
    role,
    ...(workshop === undefined ? {} : { workshop: workshop as WorkshopId }),
    ...(group === undefined ? {} : { group: group as GroupId }),
  }))
  // The demo's people act in the demo only: the server refuses them a workshop of their own.
  const demo = state.kind === 'ready' && state.value.demo
  return (action, workshop) =>
    !(demo && action === 'workshop.create') &&
    may(standings, action, workshop === undefined ? {} : { workshop: workshop as WorkshopId })
}
