/** People of a workshop's roster: found by name for joining, listed for organisers, added by hand, given roles in their group. */
import type { Connection } from 'mongoose'
import type { GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Role, Standing } from '../../shared/people/roles.ts'
import { personNameKey } from '../../shared/thai/person-name.ts'
import type { RosterEntry } from '../../shared/workshop/roster-entry.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { RosterPerson } from '../people/roster-ports.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { participantModel, type GroupRole, type ParticipantRecord } from './participant-model.ts'

export type ParticipantsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly now?: () => number
}
export type Participants = ReturnType<typeof createParticipants>

/** What an organiser sees of a person. */
export type Participant = Omit<ParticipantRecord, '_id' | 'v' | 'nameKey' | 'createdAt'> & { readonly id: PersonId }

export type NewParticipant = Omit<RosterEntry, 'nickname'>

const rolesOf = (role: GroupRole): readonly Role[] => (role === 'participant' ? ['participant'] : ['participant', role])
const shown = ({ _id, v: _v, nameKey: _key, createdAt: _at, ...rest }: ParticipantRecord): Participant => ({
  id: _id,
  ...rest,
})
const asRosterPerson = ({ _id, workshop, name, organisation, group, role }: ParticipantRecord): RosterPerson => ({
  id: _id,
  workshop,
  name,
  organisation,
  group,
  roles: rolesOf(role),
})

export function createParticipants({ connection, announcer, now = Date.now }: ParticipantsDeps) {
  const model = participantModel(connection)
  const find = (person: PersonId): Promise<ParticipantRecord | null> => model.findById(person).lean<ParticipantRecord>()
  const all = (workshop: WorkshopId): Promise<ParticipantRecord[]> =>
    model.find({ workshop }).sort({ row: 1, createdAt: 1 }).lean<ParticipantRecord[]>()

  return {
    /** People whose name has this key (shared/thai/person-name.ts), for joining. */
    async byName(workshop: WorkshopId, nameKey: string): Promise<readonly RosterPerson[]> {
      return (await model.find({ workshop, nameKey }).lean<ParticipantRecord[]>()).map(asRosterPerson)
    },
    async byId(person: PersonId): Promise<RosterPerson | null> {
      const found = await find(person)
      return found === null ? null : asRosterPerson(found)
    },
    /** What sessions need: the name and standings of a participant; null when there is none. */
    async viewerOf(
      person: PersonId,
    ): Promise<{ readonly name: string; readonly standings: readonly Standing[] } | null> {
      const found = await find(person)
      if (found === null) return null
      const { name, workshop, group, role } = found
      const place = group === null ? { workshop } : { workshop, group }
      return { name, standings: rolesOf(role).map((held) => ({ role: held, ...place })) }
    },

    /** The whole roster for services that have asked for permission. */
    async everybody(workshop: WorkshopId): Promise<Participant[]> {
      return (await all(workshop)).map(shown)
    },
    async inGroup(group: GroupId): Promise<Participant[]> {
      return (await model.find({ group }).sort({ row: 1 }).lean<ParticipantRecord[]>()).map(shown)
    },
    count(workshop: WorkshopId): Promise<number> {
      return model.countDocuments({ workshop })
    },

    /** The roster for organisers. */
    async list(viewer: Viewer, workshop: WorkshopId): Promise<Participant[]> {
      require(viewer, 'roster.read', { workshop })
      return (await all(workshop)).map(shown)
    },

    /**
     * Adds people or brings known ones up to date: the same name key and organisation is the same person, who keeps id,
     * group, role and card; `anew` adds in any case. Nobody is removed. Decides no permission.
     */
    async put(
      workshop: WorkshopId,
      people: readonly NewParticipant[],
      { anew = false }: { readonly anew?: boolean } = {},
    ): Promise<{ added: PersonId[]; updated: number; byRow: Map<number, PersonId> }> {
      const keyOf = (name: string, organisation: string, province: string): string =>
        `${personNameKey(name)} ${organisation} ${province}`
      const present = anew ? [] : await all(workshop)
      const known = new Map(present.map((one) => [keyOf(one.name, one.organisation, one.province), one]))
      const added: PersonId[] = []
      const byRow = new Map<number, PersonId>()
      const writes = people.map((person) => {
        const before = known.get(keyOf(person.name, person.organisation, person.province))
        const _id = before?._id ?? newId<PersonId>()
        if (before === undefined) added.push(_id)
        byRow.set(person.row, _id)
        const fresh = { workshop, group: null, role: 'participant', createdAt: new Date(now()), v: 1 }
        return {
          updateOne: {
            filter: { _id },
            update: {
              $set: { ...person, notices: [...person.notices], nameKey: personNameKey(person.name) },
              $setOnInsert: fresh,
            },
            upsert: true,
          },
        }
      })
      if (writes.length > 0) await model.bulkWrite(writes as never)
      announcer.announce({ kind: 'roster-changed', workshop })
      return { added, updated: people.length - added.length, byRow }
    },

    /** Takes somebody out of the roster: a double, somebody who does not come. Their sessions end. */
    async remove(viewer: Viewer, workshop: WorkshopId, person: PersonId): Promise<void> {
      require(viewer, 'roster.import', { workshop })
      const { deletedCount } = await model.deleteOne({ _id: person, workshop })
      if (deletedCount === 0) throw new Problem(404, 'not-found')
      announcer.announce({ kind: 'person-revoked', person })
      announcer.announce({ kind: 'roster-changed', workshop })
    },

    /** Seats many people at once; those whose group changed get new rights at their next request. Decides no permission. */
    async seat(workshop: WorkshopId, seats: ReadonlyMap<PersonId, GroupId | null>): Promise<void> {
      const before = new Map((await all(workshop)).map((one) => [one._id, one.group]))
      const moved = [...seats].filter(([person, group]) => before.has(person) && before.get(person) !== group)
      if (moved.length === 0) return
      await model.bulkWrite(
        moved.map(([_id, group]) => ({
          updateOne: { filter: { _id }, update: { $set: { group, role: 'participant' as const } } },
        })),
      )
      for (const [person] of moved) {
        // Open sockets carry the old rights: they are closed and come back with the new ones.
        if (before.get(person) !== null) announcer.announce({ kind: 'person-revoked', person })
      }
      announcer.announce({ kind: 'groups-changed', workshop })
    },

    /** Gives a role in the group. A group has one scribe, one chair and one presenter: the former becomes a participant again. */
    async setRole(workshop: WorkshopId, person: PersonId, role: GroupRole): Promise<void> {
      const found = await find(person)
      if (found === null || found.workshop !== workshop || found.group === null) throw new Problem(404, 'not-found')
      const changed: PersonId[] = [person]
      if (role !== 'participant') {
        const former = await model.find({ group: found.group, role, _id: { $ne: person } }).lean<ParticipantRecord[]>()
        for (const { _id } of former) {
          await model.updateOne({ _id }, { $set: { role: 'participant' } })
          changed.push(_id)
        }
      }
      await model.updateOne({ _id: person }, { $set: { role } })
      for (const one of changed) announcer.announce({ kind: 'person-revoked', person: one })
      announcer.announce({ kind: 'groups-changed', workshop })
    },
  }
}
