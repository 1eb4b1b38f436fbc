/** Workshops: made from a template, listed for their staff, read by everybody in them; and what other rooms ask about them. */
import type { Connection } from 'mongoose'
import { templateOf } from '../../shared/drafting/template.ts'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { may } from '../../shared/people/access.ts'
import type { Standing } from '../../shared/people/roles.ts'
import type { About } from '../../shared/workshop/about.ts'
import { isAgenda, phaseAt, USUAL_AGENDA, type PendingMove, type Phase } from '../../shared/workshop/phases.ts'
import { NO_TIMER, type Timer } from '../../shared/workshop/timer.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { WorkshopCard, WorkshopPort } from '../people/roster-ports.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { groupModel } from './group-model.ts'
import { participantModel } from './participant-model.ts'
import { broadcastModel, workshopModel, type WorkshopRecord } from './workshop-model.ts'

export type WorkshopsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  /** Gives a person a role; whoever makes a workshop becomes its facilitator. */
  readonly give: (person: PersonId, standing: Standing) => Promise<void>
  readonly now?: () => number
}

export type NewWorkshop = About & { readonly template: string }
/** A workshop as it stands now: a confirmed move whose moment has come holds already. */
export type Workshop = About & {
  readonly id: WorkshopId
  readonly template: string
  readonly agenda: readonly Phase[]
  readonly phase: Phase
  readonly pending: PendingMove | null
  readonly timer: Timer
  readonly demo: boolean
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export type Workshops = ReturnType<typeof createWorkshops>

export function createWorkshops({ connection, announcer, give, now = Date.now }: WorkshopsDeps) {
  const model = workshopModel(connection)

  const standing = (record: WorkshopRecord): Workshop => {
    const { _id, pending, phase, createdAt, createdBy: _createdBy, templateVersion: _version, v: _v, ...rest } = record
    const at = now()
    const waits = pending !== null && at < pending.at
    return {
      ...rest,
      id: _id,
      createdAt: createdAt.getTime(),
      phase: phaseAt(phase, pending, at),
      pending: waits ? pending : null,
    }
  }
  const find = async (id: WorkshopId): Promise<Workshop | null> => {
    const found = await model.findById(id).lean<WorkshopRecord>()
    return found === null ? null : standing(found)
  }
  /** Throws Problem 404 for none. */
  const get = async (id: WorkshopId): Promise<Workshop> => {
    const found = await find(id)
    if (found === null) throw new Problem(404, 'not-found')
    return found
  }
  const insert = async (given: NewWorkshop, by: PersonId | null, demo: boolean): Promise<WorkshopId> => {
    const template = templateOf(given.template)
    if (template === undefined) throw new Problem(400, 'bad-request', { where: 'template' })
    if (given.ends < given.begins) throw new Problem(400, 'dates-reversed')
    const _id = newId<WorkshopId>()
    const record: WorkshopRecord = {
      ...given,
      _id,
      templateVersion: template.version,
      agenda: [...USUAL_AGENDA],
      phase: 'register',
      pending: null,
      timer: NO_TIMER,
      demo,
      createdBy: by,
      createdAt: new Date(now()),
      v: 1,
    }
    await model.create(record)
    announcer.announce({ kind: 'workshop-changed', workshop: _id })
    return _id
  }

  /** Whether everything that this person may do is in the demo: then there is no workshop to make. */
  const onlyInDemo = async ({ standings }: Viewer): Promise<boolean> => {
    const places = standings.map(({ workshop }) => workshop)
    if (places.length === 0 || places.includes(undefined)) return false
    const found = await model.countDocuments({ _id: { $in: places as WorkshopId[] }, demo: true })
    return found === new Set(places).size
  }

  const port: WorkshopPort = {
    async card(id): Promise<WorkshopCard | null> {
      const found = await find(id)
      if (found === null) return null
      const { title, organiser, place, begins, ends, phase, demo } = found
      return { id, title, organiser, place, begins, ends, phase, demo }
    },
    async demo() {
      return (await model.findOne({ demo: true }).lean<WorkshopRecord>())?._id ?? null
    },
    async demoMade() {
      const found = await model.findOne({ demo: true }).lean<WorkshopRecord>()
      return found !== null && (await broadcastModel(connection).countDocuments({ workshop: found._id })) > 0
    },
    async realExists() {
      return (await model.countDocuments({ demo: false })) > 0
    },
    async size(workshop) {
      const [people, groups] = await Promise.all([
        participantModel(connection).countDocuments({ workshop }),
        groupModel(connection).countDocuments({ workshop }),
      ])
      return { people, groups }
    },
    async titles() {
      const found = await model.find().sort({ createdAt: -1 }).limit(500).lean<WorkshopRecord[]>()
      return found.map(({ _id, title }) => ({ id: _id, title }))
    },
  }

  return {
    port,
    find,
    get,

    /** Makes a workshop; its maker is its facilitator from then on. Throws Problem 400 `dates-reversed`, `bad-request`. */
    async create(viewer: Viewer, given: NewWorkshop): Promise<WorkshopId> {
      require(viewer, 'workshop.create', {})
      if (await onlyInDemo(viewer)) throw new Problem(403, 'forbidden')
      const id = await insert(given, viewer.person, false)
      if (viewer.person !== null) await give(viewer.person, { role: 'facilitator', workshop: id })
      return id
    },

    /** Takes a half-made demo away: the workshop, its groups and people. Nothing happens to a workshop that is no demo. */
    async removeDemo(workshop: WorkshopId): Promise<void> {
      const removed = await model.deleteOne({ _id: workshop, demo: true })
      if (removed.deletedCount === 0) return
      await groupModel(connection).deleteMany({ workshop })
      await participantModel(connection).deleteMany({ workshop })
    },

    /** The demo's workshop: made by nobody. */
    createDemo(given: NewWorkshop): Promise<WorkshopId> {
      return insert(given, null, true)
    },

    /** Every workshop that this member of staff may see, newest first. */
    async list(viewer: Viewer): Promise<Workshop[]> {
      if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
      const everywhere = viewer.standings.some(({ role }) => role === 'administrator')
      const ids = viewer.standings.flatMap(({ workshop }) => (workshop === undefined ? [] : [workshop]))
      const filter = everywhere ? {} : { _id: { $in: ids } }
      const found = await model.find(filter).sort({ createdAt: -1 }).limit(500).lean<WorkshopRecord[]>()
      return found.map(standing).filter(({ id }) => may(viewer.standings, 'workshop.read', { workshop: id }))
    },

    /** The workshop for anybody in it. */
    async read(viewer: Viewer, id: WorkshopId): Promise<Workshop> {
      require(viewer, 'workshop.read', { workshop: id })
      return get(id)
    },

    /** Changes what is written about it; the template only while nobody has written (`locked` says so). */
    async change(viewer: Viewer, id: WorkshopId, given: Partial<Omit<NewWorkshop, 'template'>>): Promise<Workshop> {
      require(viewer, 'workshop.change', { workshop: id })
      const before = await get(id)
      if ((given.ends ?? before.ends) < (given.begins ?? before.begins)) throw new Problem(400, 'dates-reversed')
      await model.updateOne({ _id: id }, { $set: given })
      announcer.announce({ kind: 'workshop-changed', workshop: id })
      return get(id)
    },

    /** Sets which phases there are and their order; the present one stays in it. Throws Problem 400 `agenda-without-now`. */
    async setAgenda(viewer: Viewer, id: WorkshopId, agenda: readonly string[]): Promise<Workshop> {
      require(viewer, 'workshop.change', { workshop: id })
      const { phase } = await get(id)
      if (!isAgenda(agenda)) throw new Problem(400, 'bad-request', { where: 'agenda' })
      if (!agenda.includes(phase)) throw new Problem(400, 'agenda-without-now')
      await model.updateOne({ _id: id }, { $set: { agenda: [...agenda] } })
      announcer.announce({ kind: 'workshop-changed', workshop: id })
      return get(id)
    },
  }
}
