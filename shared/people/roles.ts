/** Roles of DOMAIN.md and where a person holds them. */
import type { GroupId, WorkshopId } from '../ids.ts'

export const ROLES = [
  'participant',
  'chair',
  'scribe',
  'presenter',
  'facilitator',
  'co-facilitator',
  'commentator',
  'editor',
  'policymaker',
  'secretary',
  'observer',
  'administrator',
  'data-protection-officer',
] as const
export type Role = (typeof ROLES)[number]

/** Roles held in a group by people of the roster. */
export const GROUP_ROLES = ['participant', 'chair', 'scribe', 'presenter'] as const satisfies readonly Role[]
/** Roles held by staff, by workshop (administrator and data-protection officer: everywhere). */
export const STAFF_ROLES = [
  'facilitator',
  'co-facilitator',
  'commentator',
  'editor',
  'policymaker',
  'secretary',
  'observer',
  'administrator',
  'data-protection-officer',
] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]
/** Roles that hold everywhere, never in one workshop only. */
export const GLOBAL_ROLES = ['administrator', 'data-protection-officer'] as const satisfies readonly Role[]

/** One role a person holds, and where: a facilitator in a workshop, a scribe in a group of it. */
export type Standing = { readonly role: Role; readonly workshop?: WorkshopId; readonly group?: GroupId }
