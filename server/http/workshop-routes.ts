/** The routes of the workshop room: parse, call the service, answer. */
import type { GroupId, PersonId, WorkshopId } from '../../shared/ids.ts'
import type { Phase } from '../../shared/workshop/phases.ts'
import { CATALOGUES } from '../../shared/texts/index.ts'
import {
  callHelp,
  callOffMove,
  changeTimer,
  closeHelp,
  describeGroup,
  joinCards,
  listGroups,
  makeGroups,
  movePerson,
  movePhase,
  phaseLog,
  readGroup,
  readWall,
  sendBroadcast,
  setAgenda,
  setGroupPhase,
  setGroupRole,
  shareWords,
  takeHelp,
} from '../../shared/workshop/conduct-contract.ts'
import {
  addParticipant,
  answerRosterAsk,
  applyRoster,
  changeWorkshop,
  createWorkshop,
  lastRosterImport,
  listParticipants,
  listWorkshops,
  lookAtRoster,
  readWorkshop,
  removeParticipant,
  rosterAsideFile,
} from '../../shared/workshop/contract.ts'
import type { WorkshopRoom } from '../workshop/workshop-room.ts'
import type { Routes } from './routes.ts'

const of = (params: { workshop: string }): WorkshopId => params.workshop as WorkshopId
const ofGroup = (params: { group: string }): GroupId => params.group as GroupId
const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64')

/** Adds the routes of workshops, rosters, groups, phases, time, help, announcements, cards and the wall. */
export function serveWorkshopRoutes(routes: Routes, room: WorkshopRoom): void {
  serveWorkshops(routes, room)
  serveRoster(routes, room)
  serveGroups(routes, room)
  serveConduct(routes, room)
}

function serveWorkshops(routes: Routes, { workshops, broadcasts }: WorkshopRoom): void {
  routes.serve(listWorkshops, async ({ viewer }) => workshops.list(viewer))
  routes.serve(createWorkshop, async ({ viewer, body }) => ({ id: await workshops.create(viewer, body) }))
  routes.serve(readWorkshop, async ({ viewer, params }) => {
    const workshop = await workshops.read(viewer, of(params))
    return { ...workshop, broadcast: await broadcasts.last(workshop.id), now: Date.now() }
  })
  routes.serve(changeWorkshop, async ({ viewer, params, body }) => {
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    return workshops.change(viewer, of(params), given)
  })
  routes.serve(setAgenda, async ({ viewer, params, body }) => workshops.setAgenda(viewer, of(params), body.agenda))
}

function serveRoster(routes: Routes, { roster, participants }: WorkshopRoom): void {
  routes.serve(lookAtRoster, async ({ viewer, params, body }) => {
    const { headerRow, kept, aside, asks } = await roster.look(viewer, of(params), bytesOf(body.file))
    const rowOf = (at: number | null): number | null => (at === null ? null : (kept[at]?.row ?? null))
    return {
      headerRow,
      kept: kept.map(({ nickname: _nickname, ...entry }) => entry),
      aside: aside.map(({ row, reason, of: at, entry, cells }) => ({
        row,
        reason,
        ofRow: rowOf(at),
        name: entry?.name ?? cells.join(' ').trim().slice(0, 120),
        organisation: entry?.organisation ?? '',
        position: entry?.position ?? '',
      })),
      asks: asks.map(({ a, b, likely }) => ({ rowA: rowOf(a) ?? 0, rowB: rowOf(b) ?? 0, likely })),
    }
  })
  routes.serve(applyRoster, async ({ viewer, params, body }) => {
    const { file, fileName, ...answers } = body
    return roster.apply(viewer, of(params), fileName, bytesOf(file), answers)
  })
  routes.serve(lastRosterImport, async ({ viewer, params }) => roster.lastImport(viewer, of(params)))
  routes.serve(rosterAsideFile, async ({ viewer, params, language, answer }) => {
    const texts = CATALOGUES[language].workshop
    const bytes = await roster.asideFile(viewer, of(params), texts.asideColumns)
    answer.file(bytes, `${texts.asideFile}.csv`)
    return undefined
  })
  routes.serve(answerRosterAsk, async ({ viewer, params, body }) => {
    await roster.answer(viewer, of(params), body.a as PersonId, body.b as PersonId, body.answer)
    return undefined
  })
  routes.serve(listParticipants, async ({ viewer, params }) => participants.list(viewer, of(params)))
  routes.serve(addParticipant, async ({ viewer, params, body }) => roster.add(viewer, of(params), body))
  routes.serve(removeParticipant, async ({ viewer, params }) => {
    await participants.remove(viewer, of(params), params.person as PersonId)
    return undefined
  })
}

function serveGroups(routes: Routes, { groups, help, phases }: WorkshopRoom): void {
  routes.serve(listGroups, async ({ viewer, params }) => groups.list(viewer, of(params)))
  routes.serve(makeGroups, async ({ viewer, params, body }) => groups.make(viewer, of(params), body.count, body.seed))
  routes.serve(movePerson, async ({ viewer, params, body }) => {
    await groups.move(viewer, of(params), body.person as PersonId, body.group as GroupId | null)
    return undefined
  })
  routes.serve(readGroup, async ({ viewer, params }) => {
    const group = await groups.read(viewer, ofGroup(params))
    const place = await groups.placeOf(group.id)
    const now: Phase = place?.phase ?? 'register'
    return { ...group, help: await help.ofGroup(group.id), now }
  })
  routes.serve(describeGroup, async ({ viewer, params, body }) => {
    await groups.describe(viewer, ofGroup(params), body)
    return undefined
  })
  routes.serve(setGroupRole, async ({ viewer, params, body }) => {
    await groups.setRole(viewer, ofGroup(params), body.person as PersonId, body.role)
    return undefined
  })
  routes.serve(setGroupPhase, async ({ viewer, params, body }) => {
    await phases.setGroupPhase(viewer, ofGroup(params), body.phase)
    return undefined
  })
  routes.serve(shareWords, async ({ viewer, params, body }) => {
    await groups.shareWords(viewer, ofGroup(params), body.shares)
    return undefined
  })
}

function serveConduct(
  routes: Routes,
  { phases, timers, broadcasts, help, cards, wall, workshops }: WorkshopRoom,
): void {
  routes.serve(movePhase, async ({ viewer, params, body }) => {
    await phases.move(viewer, of(params), body.to, body.countdown)
    return undefined
  })
  routes.serve(callOffMove, async ({ viewer, params }) => {
    await phases.callOff(viewer, of(params))
    return undefined
  })
  routes.serve(phaseLog, async ({ viewer, params }) => phases.log(viewer, of(params)))
  routes.serve(changeTimer, async ({ viewer, params, body }) => timers.change(viewer, of(params), body))
  routes.serve(sendBroadcast, async ({ viewer, params, body }) => broadcasts.send(viewer, of(params), body.text))
  routes.serve(callHelp, async ({ viewer, params, body }) => help.call(viewer, ofGroup(params), body.about.trim()))
  routes.serve(takeHelp, async ({ viewer, params }) => {
    await help.take(viewer, params.call)
    return undefined
  })
  routes.serve(closeHelp, async ({ viewer, params, body }) => {
    await help.close(viewer, params.call, body.answer)
    return undefined
  })
  routes.serve(joinCards, async ({ viewer, params, origin }) => {
    const list = await cards.ofWorkshop(viewer, of(params))
    return { title: (await workshops.get(of(params))).title, origin, cards: list }
  })
  routes.serve(readWall, async ({ viewer, params }) => wall.view(viewer, of(params)))
}
