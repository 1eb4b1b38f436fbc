/** Where a person begins after joining or signing in. */
import type { VersionId, WorkshopId } from '../../shared/ids.ts'
import { GROUP_ROLES, type Role, type Standing } from '../../shared/people/roles.ts'
import type { RosterPort } from './roster-ports.ts'

const MEMBERS: readonly Role[] = GROUP_ROLES

export type HomeDeps = {
  readonly roster: Pick<RosterPort, 'groupCard'>
  /** The version that waits for a policymaker, or null. */
  readonly versionToReview: (workshop: WorkshopId) => Promise<VersionId | null>
}

/** The address of the first screen for these roles: one's draft, the wall, the merge table, the review, the accounts. */
export async function homeOf(standings: readonly Standing[], { roster, versionToReview }: HomeDeps): Promise<string> {
  const group = standings.find(({ role }) => MEMBERS.includes(role))?.group
  if (group !== undefined) {
    const card = await roster.groupCard(group)
    return card === null || card.draft === null ? '/join' : `/d/${card.draft}`
  }
  if (standings.some(({ role }) => MEMBERS.includes(role))) return '/join'
  if (standings.some(({ role }) => role === 'administrator')) return '/admin'
  const placed = standings.filter(({ workshop }) => workshop !== undefined)
  const [only] = placed
  if (only?.workshop === undefined || placed.some(({ workshop }) => workshop !== only.workshop)) return '/staff'
  const holds = (...roles: Role[]) => placed.some(({ role }) => roles.includes(role))
  if (holds('editor')) return `/w/${only.workshop}/merge`
  if (holds('policymaker', 'secretary')) {
    const version = await versionToReview(only.workshop)
    return version === null ? `/w/${only.workshop}/versions` : `/v/${version}/review`
  }
  return holds('facilitator', 'co-facilitator', 'commentator', 'observer') ? `/w/${only.workshop}/wall` : '/staff'
}
