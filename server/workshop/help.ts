/** Calls for help of the groups: a queue, longest wait first; taken by a facilitator, closed by either side. */
import type { Connection } from 'mongoose'
import type { GroupId, WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { groupModel, helpModel, type GroupRecord, type HelpRecord } from './group-model.ts'

export type HelpCall = {
  readonly id: string
  readonly group: GroupId
  readonly about: string
  readonly byName: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly state: HelpRecord['state']
  readonly takenByName: string
  readonly takenAt: number | null
  readonly answer: string
}
export type HelpDeps = { readonly connection: Connection; readonly announcer: Announcer; readonly now?: () => number }
export type Help = ReturnType<typeof createHelp>

export function createHelp({ connection, announcer, now = Date.now }: HelpDeps) {
  const model = helpModel(connection)
  const groups = groupModel(connection)
  const shown = ({ _id, group, about, byName, at, state, takenByName, takenAt, answer }: HelpRecord): HelpCall => ({
    id: _id,
    group,
    about,
    byName,
    at: at.getTime(),
    state,
    takenByName,
    takenAt: takenAt?.getTime() ?? null,
    answer,
  })
  const openOf = async (group: GroupId): Promise<HelpRecord | null> =>
    model.findOne({ group, state: { $in: ['waiting', 'taken'] } }).lean<HelpRecord>()
  const known = async (id: string): Promise<HelpRecord> => {
    const found = await model.findById(id).lean<HelpRecord>()
    if (found === null) throw new Problem(404, 'not-found')
    return found
  }

  return {
    /** Calls a facilitator. A group that waits already adds its words to the same call and keeps its place. */
    async call(viewer: Viewer, group: GroupId, about: string): Promise<HelpCall> {
      const found = await groups.findById(group).lean<GroupRecord>()
      if (found === null) throw new Problem(404, 'not-found')
      require(viewer, 'help.call', { workshop: found.workshop, group })
      const open = await openOf(group)
      if (open !== null) {
        const words =
          about === '' || open.about.includes(about) ? open.about : [open.about, about].filter(Boolean).join(' · ')
        await model.updateOne({ _id: open._id }, { $set: { about: words } })
        announcer.announce({ kind: 'help-changed', workshop: found.workshop, group })
        return shown({ ...open, about: words })
      }
      const record: HelpRecord = {
        _id: newId<string>(),
        workshop: found.workshop,
        group,
        about,
        by: viewer.person,
        byName: viewer.name,
        at: new Date(now()),
        state: 'waiting',
        takenBy: null,
        takenByName: '',
        takenAt: null,
        answer: '',
        closedAt: null,
        v: 1,
      }
      await model.create(record)
      announcer.announce({ kind: 'help-changed', workshop: found.workshop, group })
      return shown(record)
    },

    /** A facilitator goes there. The first who takes it has it; a second is told 409 `help-taken`. */
    async take(viewer: Viewer, id: string): Promise<void> {
      const { workshop, group, takenByName } = await known(id)
      require(viewer, 'help.answer', { workshop })
      const taken = await model.updateOne(
        { _id: id, state: 'waiting' },
        { $set: { state: 'taken', takenBy: viewer.person, takenByName: viewer.name, takenAt: new Date(now()) } },
      )
      if (taken.modifiedCount === 0) throw new Problem(409, 'help-taken', { name: takenByName })
      announcer.announce({ kind: 'help-changed', workshop, group })
    },

    /** Closes a call: the group that has its answer, or the facilitator, with a few words or none. Twice is no error. */
    async close(viewer: Viewer, id: string, answer: string): Promise<void> {
      const { workshop, group, state } = await known(id)
      require(viewer, 'help.close', { workshop, group })
      if (state === 'closed') return
      await model.updateOne({ _id: id }, { $set: { state: 'closed', answer, closedAt: new Date(now()) } })
      announcer.announce({ kind: 'help-changed', workshop, group })
    },

    /** The open call of a group, or null. The caller has asked for permission. */
    async ofGroup(group: GroupId): Promise<HelpCall | null> {
      const open = await openOf(group)
      return open === null ? null : shown(open)
    },

    /** Open calls, longest wait first, those that wait before those that somebody has taken. The caller has asked for permission. */
    async queue(workshop: WorkshopId): Promise<HelpCall[]> {
      const found = await model
        .find({ workshop, state: { $in: ['waiting', 'taken'] } })
        .sort({ at: 1 })
        .lean<HelpRecord[]>()
      const rank = (call: HelpRecord): number => (call.state === 'waiting' ? 0 : 1)
      return [...found].sort((a, b) => rank(a) - rank(b)).map(shown)
    },
  }
}
