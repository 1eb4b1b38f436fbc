/** Join cards to print: a personal link for each person of a roster, with group and table. */
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Audit } from '../people/audit.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import type { Groups } from './groups.ts'
import type { GroupRole } from './participant-model.ts'
import type { Participants } from './participants.ts'
import type { Workshops } from './workshops.ts'

export type JoinCard = {
  readonly id: PersonId
  readonly name: string
  readonly organisation: string
  readonly role: GroupRole
  /** Null for somebody who has no group yet. */
  readonly group: { readonly number: number; readonly topic: string; readonly table: string } | null
  /** Goes into the fragment of `/c`. */
  readonly secret: string
}

export type CardsDeps = {
  readonly workshops: Workshops
  readonly groups: Groups
  readonly participants: Participants
  /** Secrets of personal links; made where there is none, so that printing twice kills no printed card. */
  readonly secretsOf: (people: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, string>>
  readonly audit: Audit
}
export type Cards = ReturnType<typeof createCards>

export function createCards({ workshops, groups, participants, secretsOf, audit }: CardsDeps) {
  return {
    /** Cards by group and then by the roster's order. Asks `cards.print` and logs it: a card is a key. */
    async ofWorkshop(viewer: Viewer, workshop: WorkshopId): Promise<JoinCard[]> {
      require(viewer, 'cards.print', { workshop })
      await workshops.get(workshop)
      const [people, list] = await Promise.all([participants.everybody(workshop), groups.ofWorkshop(workshop)])
      const secrets = await secretsOf(people.map(({ id }) => id))
      await audit.record({ what: 'cards-shown', who: viewer.person, workshop })
      const byId = new Map(list.map((group) => [group.id, group]))
      const cards = people.map((person): JoinCard => {
        const group = person.group === null ? undefined : byId.get(person.group)
        return {
          id: person.id,
          name: person.name,
          organisation: person.organisation,
          role: person.role,
          group: group === undefined ? null : { number: group.number, topic: group.topic, table: group.table },
          secret: secrets.get(person.id) ?? '',
        }
      })
      const rank = (card: JoinCard): number => card.group?.number ?? Number.MAX_SAFE_INTEGER
      return cards.sort((a, b) => rank(a) - rank(b))
    },
  }
}
