/** Groups of a workshop: made balanced, each with its draft; people moved, latecomers seated, topics, roles; what others ask of a group. */
import type { Connection } from 'mongoose'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Place } from '../../shared/people/access.ts'
import {
  balance,
  balanceReason,
  groupForLatecomer,
  suggestedGroups,
  type BalanceReason,
} from '../../shared/workshop/balance.ts'
import { phaseOfGroup, PHASES, type Phase } from '../../shared/workshop/phases.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { GroupCard } from '../people/roster-ports.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { groupModel, type GroupRecord } from './group-model.ts'
import type { GroupRole } from './participant-model.ts'
import type { Participant, Participants } from './participants.ts'
import type { Workshops } from './workshops.ts'

/** What groups need of drafts: each group gets one, seeded from the workshop's template. */
export type DraftMaker = {
  createDraft(input: {
    readonly workshop: WorkshopId
    readonly group: GroupId
    readonly template: string
  }): Promise<DraftId>
}
export type GroupsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly workshops: Workshops
  readonly participants: Participants
  readonly drafts: DraftMaker
  readonly now?: () => number
}
export type Groups = ReturnType<typeof createGroups>

export type Group = {
  readonly id: GroupId
  readonly workshop: WorkshopId
  readonly number: number
  readonly topic: string
  readonly table: string
  readonly draft: DraftId | null
  /** Null = follows its workshop. */
  readonly phase: Phase | null
  readonly sharesWords: boolean
}
export type Grouping = {
  readonly groups: readonly (Group & { readonly people: readonly Participant[] })[]
  readonly waiting: readonly Participant[]
  readonly reason: BalanceReason | null
  readonly suggested: number
}

/** From here on groups may have written, so their number stays. */
const FIRST_WRITING = PHASES.indexOf('practice')

export function createGroups({ connection, announcer, workshops, participants, drafts, now = Date.now }: GroupsDeps) {
  const model = groupModel(connection)
  const shown = ({ _id, v: _v, createdAt: _at, ...rest }: GroupRecord): Group => ({ id: _id, ...rest })
  const ofWorkshop = async (workshop: WorkshopId): Promise<Group[]> =>
    (await model.find({ workshop }).sort({ number: 1 }).lean<GroupRecord[]>()).map(shown)
  const find = async (group: GroupId): Promise<Group | null> => {
    const found = await model.findById(group).lean<GroupRecord>()
    return found === null ? null : shown(found)
  }
  const get = async (group: GroupId): Promise<Group> => {
    const found = await find(group)
    if (found === null) throw new Problem(404, 'not-found')
    return found
  }
  const add = async (workshop: WorkshopId, number: number, template: string): Promise<Group> => {
    const _id = newId<GroupId>()
    const draft = await drafts.createDraft({ workshop, group: _id, template })
    const record: GroupRecord = {
      _id,
      workshop,
      number,
      topic: '',
      table: '',
      draft,
      phase: null,
      sharesWords: false,
      createdAt: new Date(now()),
      v: 1,
    }
    await model.create(record)
    return shown(record)
  }
  const grouping = async (workshop: WorkshopId): Promise<Grouping> => {
    const [groups, people] = await Promise.all([ofWorkshop(workshop), participants.everybody(workshop)])
    const seated = groups.map((group) => ({ ...group, people: people.filter((person) => person.group === group.id) }))
    return {
      groups: seated,
      waiting: people.filter(({ group }) => group === null || !groups.some(({ id }) => id === group)),
      reason: balanceReason(seated.map((group) => group.people)),
      suggested: suggestedGroups(people.length),
    }
  }

  return {
    ofWorkshop,
    find,
    get,

    /** Where an action on a group's draft happens: its workshop, itself and the phase it stands in. Null for no such group. */
    async placeOf(group: GroupId): Promise<(Place & { readonly workshop: WorkshopId; readonly phase: Phase }) | null> {
      const found = await find(group)
      const workshop = found === null ? null : await workshops.find(found.workshop)
      if (found === null || workshop === null) return null
      return { workshop: workshop.id, group, phase: phaseOfGroup(workshop.phase, found.phase) }
    },

    /** Groups with their people, who is in none, and why they are balanced; for organisers. */
    async list(viewer: Viewer, workshop: WorkshopId): Promise<Grouping> {
      require(viewer, 'roster.read', { workshop })
      return grouping(workshop)
    },

    /**
     * Makes `count` groups and seats everybody, balanced; again with another seed seats everybody anew in the same groups.
     * Once writing has begun the number stays (409 `groups-writing`). Throws 400 `nobody-to-group`.
     */
    async make(viewer: Viewer, workshop: WorkshopId, count: number, seed: number): Promise<Grouping> {
      require(viewer, 'groups.change', { workshop })
      const { template, phase } = await workshops.get(workshop)
      const people = await participants.everybody(workshop)
      if (people.length === 0) throw new Problem(400, 'nobody-to-group')
      const groups = await ofWorkshop(workshop)
      if (groups.length > 0 && groups.length !== count && PHASES.indexOf(phase) >= FIRST_WRITING)
        throw new Problem(409, 'groups-writing')
      for (const extra of groups.slice(count)) await model.deleteOne({ _id: extra.id })
      const kept = groups.slice(0, count)
      for (let number = kept.length + 1; number <= count; number++) kept.push(await add(workshop, number, template))
      const seats = new Map<PersonId, GroupId>()
      for (const [at, seated] of balance(people, count, seed).entries()) {
        const group = kept[at]
        if (group !== undefined) for (const person of seated) seats.set(person.id, group.id)
      }
      await participants.seat(workshop, seats)
      announcer.announce({ kind: 'groups-changed', workshop })
      return grouping(workshop)
    },

    /** Seats people who have no group, one by one, each in the smallest; returns how many. Decides no permission. */
    async seatLatecomers(workshop: WorkshopId, people: readonly PersonId[]): Promise<number> {
      const { groups, waiting } = await grouping(workshop)
      const seated = groups.map((group) => [...group.people])
      const seats = new Map<PersonId, GroupId>()
      for (const person of waiting.filter(({ id }) => people.includes(id))) {
        const at = groupForLatecomer(seated, person)
        const group = groups[at]
        if (group === undefined) continue
        seated[at]?.push(person)
        seats.set(person.id, group.id)
      }
      await participants.seat(workshop, seats)
      return seats.size
    },

    /** Moves one person; null takes them out of any group. */
    async move(viewer: Viewer, workshop: WorkshopId, person: PersonId, group: GroupId | null): Promise<void> {
      require(viewer, 'groups.change', { workshop })
      if (group !== null && (await get(group)).workshop !== workshop) throw new Problem(400, 'group-elsewhere')
      const known = await participants.byId(person)
      if (known === null || known.workshop !== workshop) throw new Problem(404, 'not-found')
      await participants.seat(workshop, new Map([[person, group]]))
    },

    /** Changes topic or table, by organisers. */
    async describe(
      viewer: Viewer,
      id: GroupId,
      given: { readonly topic?: string | undefined; readonly table?: string | undefined },
    ): Promise<void> {
      const { workshop } = await get(id)
      require(viewer, 'groups.change', { workshop })
      const { topic, table } = given
      const set = { ...(topic === undefined ? {} : { topic }), ...(table === undefined ? {} : { table }) }
      await model.updateOne({ _id: id }, { $set: set })
      announcer.announce({ kind: 'groups-changed', workshop })
    },

    /** Whether the wall may show the last words; the group itself decides. */
    async shareWords(viewer: Viewer, id: GroupId, shares: boolean): Promise<void> {
      const { workshop } = await get(id)
      require(viewer, 'help.call', { workshop, group: id })
      await model.updateOne({ _id: id }, { $set: { sharesWords: shares } })
      announcer.announce({ kind: 'groups-changed', workshop })
    },

    /** Gives a role within a group: organisers any, the scribe or chair pass the scribe's on. */
    async setRole(viewer: Viewer, id: GroupId, person: PersonId, role: GroupRole): Promise<void> {
      const { workshop } = await get(id)
      require(viewer, role === 'scribe' ? 'scribe.pass' : 'groups.change', { workshop, group: id })
      const known = await participants.byId(person)
      if (known === null || known.group !== id) throw new Problem(404, 'not-found')
      await participants.setRole(workshop, person, role)
    },

    /** A group for the people in it and their organisers. */
    async read(
      viewer: Viewer,
      id: GroupId,
    ): Promise<Group & { readonly people: readonly { id: PersonId; name: string; role: GroupRole }[] }> {
      const group = await get(id)
      require(viewer, 'draft.read', { workshop: group.workshop, group: id })
      const people = await participants.inGroup(id)
      return { ...group, people: people.map(({ id: person, name, role }) => ({ id: person, name, role })) }
    },

    /** What joining shows of a group. Decides no permission. */
    async card(id: GroupId): Promise<GroupCard | null> {
      const group = await find(id)
      if (group === null) return null
      const { number, topic, table, draft } = group
      const people = await participants.inGroup(id)
      return {
        id,
        number,
        topic,
        table,
        facilitator: '',
        draft,
        members: people.map(({ id: person, name }) => ({ id: person, name })),
      }
    },
  }
}
