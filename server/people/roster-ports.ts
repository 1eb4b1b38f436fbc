/** What joining needs to know of workshops, rosters and groups: the workshop room provides it, so that neither room knows the other's records. */
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Role } from '../../shared/people/roles.ts'
import type { Phase } from '../../shared/workshop/phases.ts'

/** What somebody who has the code may know before joining: which workshop this is. */
export type WorkshopCard = {
  readonly id: WorkshopId
  readonly title: string
  readonly organiser: string
  readonly place: string
  /** Dates as YYYY-MM-DD in the Gregorian calendar; the page shows the Buddhist era. */
  readonly begins: string
  readonly ends: string
  readonly phase: Phase
  readonly demo: boolean
}

/** A person of a roster. `name` is the display name. */
export type RosterPerson = {
  readonly id: PersonId
  readonly workshop: WorkshopId
  readonly name: string
  readonly organisation: string
  readonly group: GroupId | null
  readonly roles: readonly Role[]
}

/** What the last screen of joining shows of a group. */
export type GroupCard = {
  readonly id: GroupId
  readonly number: number
  readonly topic: string
  readonly table: string
  readonly facilitator: string
  readonly draft: DraftId | null
  readonly members: readonly { readonly id: PersonId; readonly name: string }[]
}

export type RosterPort = {
  /** People of a workshop whose name has this key (shared/thai/person-name.ts). */
  byName(workshop: WorkshopId, nameKey: string): Promise<readonly RosterPerson[]>
  byId(person: PersonId): Promise<RosterPerson | null>
  /** Somebody with this role, for the demo's cards. */
  anyWithRole(workshop: WorkshopId, role: Role): Promise<RosterPerson | null>
  groupCard(group: GroupId): Promise<GroupCard | null>
}

export type WorkshopPort = {
  card(workshop: WorkshopId): Promise<WorkshopCard | null>
  /** The demo workshop, when there is one. */
  demo(): Promise<WorkshopId | null>
  /** Whether the demo workshop is whole: its last step, an announcement, is there. */
  demoMade(): Promise<boolean>
  /** Whether a workshop that is no demo exists. */
  realExists(): Promise<boolean>
  size(workshop: WorkshopId): Promise<{ readonly people: number; readonly groups: number }>
  /** Titles for the administrator's choice of a workshop, newest first. */
  titles(): Promise<readonly { readonly id: WorkshopId; readonly title: string }[]>
}
