/** Asks the access table on behalf of services, and throws the problem that a refused person reads. */
import { may, type Action, type Place } from '../../shared/people/access.ts'
import { Problem } from '../problem.ts'
import type { Viewer } from './viewer.ts'

/**
 * Throws Problem 401 `sign-in-needed` without a session, 403 `phase-closed` where only the phase forbids it, else 403 `forbidden`.
 */
export function require(viewer: Viewer, action: Action, place: Place): void {
  if (may(viewer.standings, action, place)) return
  if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
  throw new Problem(403, allowedInSomePhase(viewer, action, place) ? 'phase-closed' : 'forbidden')
}

function allowedInSomePhase(viewer: Viewer, action: Action, place: Place): boolean {
  return place.phase !== undefined && may(viewer.standings, action, { ...place, phase: 'draft' })
}
