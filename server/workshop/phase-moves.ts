/** Moving phases: confirmed by a person, shown as a countdown, in force from its moment on, logged, taken back by another move. */
import type { Connection } from 'mongoose'
import type { GroupId, WorkshopId } from '../../shared/ids.ts'
import type { Phase } from '../../shared/workshop/phases.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { groupModel, type GroupRecord } from './group-model.ts'
import { phaseMoveModel, workshopModel, type PhaseMoveRecord, type WorkshopRecord } from './workshop-model.ts'
import type { Workshops } from './workshops.ts'

export type PhaseMovesDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly workshops: Workshops
  readonly now?: () => number
  /** A background write that failed; the move holds all the same. */
  readonly onFailure: (error: unknown) => void
}
export type LoggedMove = Omit<PhaseMoveRecord, '_id' | 'v' | 'by' | 'workshop' | 'at'> & { readonly at: number }

export function createPhaseMoves({ connection, announcer, workshops, now = Date.now, onFailure }: PhaseMovesDeps) {
  const model = workshopModel(connection)
  const groups = groupModel(connection)
  const log = phaseMoveModel(connection)
  const clocks = new Map<WorkshopId, ReturnType<typeof setTimeout>>()

  const record = (viewer: Viewer, move: Omit<PhaseMoveRecord, '_id' | 'v' | 'at' | 'by' | 'byName'>) =>
    log.create({ ...move, _id: newId(), at: new Date(now()), by: viewer.person, byName: viewer.name, v: 1 })

  /** Writes a move whose moment has come into the record and tells everybody; a move that was called off meanwhile does nothing. */
  const carryOut = async (workshop: WorkshopId, at: number, to: Phase): Promise<void> => {
    const done = await model.updateOne({ _id: workshop, 'pending.at': at }, { $set: { phase: to, pending: null } })
    if (done.modifiedCount > 0) announcer.announce({ kind: 'phase-moved', workshop, phase: to })
  }
  const wait = (workshop: WorkshopId, at: number, to: Phase): void => {
    clearTimeout(clocks.get(workshop))
    const clock = setTimeout(
      () => {
        clocks.delete(workshop)
        carryOut(workshop, at, to).catch(onFailure)
      },
      Math.max(0, at - now()),
    )
    clocks.set(workshop, clock)
  }
  const settle = (workshop: WorkshopId): void => {
    clearTimeout(clocks.get(workshop))
    clocks.delete(workshop)
  }

  /** Another node confirmed a move, or news of one may have been lost: whichever node lives at its moment carries it out, once. */
  const stopHearing = announcer.subscribe((event, origin) => {
    if (origin === 'here') return
    if (event.kind === 'missed') resume().catch(onFailure)
    if (event.kind === 'workshop-changed') resume(event.workshop).catch(onFailure)
  })

  /** Moves that are waiting, of one workshop or of all, go on or are carried out late. */
  async function resume(workshop?: WorkshopId): Promise<void> {
    const these = workshop === undefined ? {} : { _id: workshop }
    const waiting = await model.find({ ...these, pending: { $ne: null } }).lean<WorkshopRecord[]>()
    for (const { _id, pending } of waiting) {
      if (pending === null) continue
      if (pending.at <= now()) await carryOut(_id, pending.at, pending.to)
      else wait(_id, pending.at, pending.to)
    }
  }

  return {
    /** Confirms a move that happens in `countdown` seconds (0 = now). A move that waits already is replaced. */
    async move(viewer: Viewer, id: WorkshopId, to: Phase, countdown: number): Promise<void> {
      require(viewer, 'phase.move', { workshop: id })
      const { phase, agenda } = await workshops.get(id)
      if (!agenda.includes(to)) throw new Problem(400, 'phase-not-in-agenda')
      if (to === phase) throw new Problem(409, 'already-there')
      const at = now() + countdown * 1000
      // `phase` is written too: a move whose moment had come may still lie in `pending` only.
      await model.updateOne({ _id: id }, { $set: { phase, pending: { to, at } } })
      await record(viewer, { workshop: id, group: null, from: phase, to, what: 'confirmed' })
      announcer.announce({ kind: 'workshop-changed', workshop: id })
      if (countdown === 0) await carryOut(id, at, to)
      else wait(id, at, to)
    },

    /** Calls off a move that is still counting down. Throws Problem 409 `nothing-pending`. */
    async callOff(viewer: Viewer, id: WorkshopId): Promise<void> {
      require(viewer, 'phase.move', { workshop: id })
      const { pending, phase } = await workshops.get(id)
      if (pending === null) throw new Problem(409, 'nothing-pending')
      settle(id)
      await model.updateOne({ _id: id, 'pending.at': pending.at }, { $set: { pending: null } })
      await record(viewer, { workshop: id, group: null, from: phase, to: pending.to, what: 'called-off' })
      announcer.announce({ kind: 'workshop-changed', workshop: id })
    },

    /** Lets a group lag or lead; null lets it follow its workshop again. */
    async setGroupPhase(viewer: Viewer, group: GroupId, to: Phase | null): Promise<void> {
      const found = await groups.findById(group).lean<GroupRecord>()
      if (found === null) throw new Problem(404, 'not-found')
      const { workshop } = found
      require(viewer, 'phase.move', { workshop })
      const { phase } = await workshops.get(workshop)
      await groups.updateOne({ _id: group }, { $set: { phase: to } })
      await record(viewer, { workshop, group, from: found.phase ?? phase, to, what: 'confirmed' })
      announcer.announce({ kind: 'phase-moved', workshop, phase: to ?? phase })
    },

    /** The log, newest first. */
    async log(viewer: Viewer, id: WorkshopId): Promise<LoggedMove[]> {
      require(viewer, 'workshop.change', { workshop: id })
      const found = await log.find({ workshop: id }).sort({ at: -1 }).limit(200).lean<PhaseMoveRecord[]>()
      return found.map(({ group, from, to, at, byName, what }) => ({ group, from, to, at: at.getTime(), byName, what }))
    },

    /** At start: moves that were waiting when the server stopped go on, or are carried out late. */
    resume: () => resume(),

    /** Stops waiting; what is confirmed holds all the same. */
    close(): void {
      stopHearing()
      for (const clock of clocks.values()) clearTimeout(clock)
      clocks.clear()
    },
  }
}
