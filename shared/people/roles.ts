/** Roles of DOMAIN.md and where a person holds them. */
import type { GroupId, WorkshopId } from '../ids.ts'

/** Roles held in a group by people of the roster. */
export const GROUP_ROLES = ['participant', 'chair', 'scribe', 'presenter'] as const
/** Roles of staff that hold in one workshop. */
export const WORKSHOP_ROLES = [
  'facilitator',
  'co-facilitator',
  'commentator',
  'editor',
  'policymaker',
  'secretary',
  'observer',
] as const
/** Roles that hold everywhere, never in one workshop only. */
export const GLOBAL_ROLES = ['administrator', 'data-protection-officer'] as const
/** Roles held by staff. */
export const STAFF_ROLES = [...WORKSHOP_ROLES, ...GLOBAL_ROLES] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export const ROLES = [...GROUP_ROLES, ...STAFF_ROLES] as const
export type Role = (typeof ROLES)[number]

/** One role a person holds, and where: a facilitator in a workshop, a scribe in a group of it. */
export type Standing = { readonly role: Role; readonly workshop?: WorkshopId; readonly group?: GroupId }
