/** Routes of joining by code or card, of the personal link, and of the code for facilitators. */
import * as contract from '../../shared/people/joining-contract.ts'
import type { JoinCode } from '../people/join-codes.ts'
import type { People } from '../people/people.ts'
import type { GroupCard, WorkshopCard } from '../people/roster-ports.ts'
import type { Routes } from './routes.ts'

/** Where a personal link leads: LINE's own browser keeps its own cookies, so it is asked to open the real one. */
export const personalLink = (origin: string, secret: string): string => `${origin}/c?openExternalBrowser=1#${secret}`

/** Serves them. */
export function serveJoiningRoutes(routes: Routes, { joining, codes, homeOfPerson }: People): void {
  routes.serve(contract.joinLook, async ({ body, ip }) => ({ workshop: card(await joining.look(body.code, ip)) }))
  routes.serve(contract.joinName, async ({ body, ip }) => {
    const outcome = await joining.name(body, ip)
    if (outcome.kind !== 'found') return outcome
    return { kind: 'found' as const, name: outcome.person.name, group: glimpse(outcome.group) }
  })
  routes.serve(contract.join, async ({ body, ip, cookie, answer }) => {
    const { notice, ...typed } = body
    const joined = await joining.join(typed, notice, ip, cookie)
    answer.header('Set-Cookie', joined.cookie)
    return { home: await homeOfPerson(joined.person.id) }
  })
  routes.serve(contract.lookAtCard, async ({ body, ip }) => {
    const { person, workshop, group } = await joining.lookAtCard(body.secret, ip)
    return { name: person.name, workshop: card(workshop), group: glimpse(group) }
  })
  routes.serve(contract.joinByCard, async ({ body, ip, cookie, answer }) => {
    const joined = await joining.joinByCard(body.secret, body.notice, ip, cookie)
    answer.header('Set-Cookie', joined.cookie)
    return { home: await homeOfPerson(joined.person.id) }
  })
  routes.serve(contract.joined, async ({ viewer }) => {
    const { person, workshop, group } = await joining.mine(viewer)
    return {
      name: person.name,
      workshop: card(workshop),
      group: group === null ? null : { ...group, members: [...group.members] },
    }
  })
  routes.serve(contract.myLink, async ({ viewer, body, origin }) => ({
    link: personalLink(origin, await joining.myLink(viewer, body.fresh)),
  }))

  routes.serve(contract.readCode, async ({ viewer, params }) => code(await codes.show(viewer, params.workshop)))
  routes.serve(contract.changeCode, async ({ viewer, params, body }) => {
    const expiresAt = body.expiresAt === null ? null : new Date(body.expiresAt)
    return code(await codes.change(viewer, params.workshop, { locked: body.locked, expiresAt }))
  })
  routes.serve(contract.renewCode, async ({ viewer, params }) => code(await codes.renew(viewer, params.workshop)))
  routes.serve(contract.waitingNames, async ({ viewer, params }) => {
    const waiting = await joining.waitingNames(viewer, params.workshop)
    return waiting.map((name) => ({ ...name, at: name.at.toISOString() }))
  })
  routes.serve(contract.refuseName, async ({ viewer, params }) => {
    await joining.refuseName(viewer, params.workshop, params.waiting)
    return undefined
  })
  routes.serve(contract.renewCard, async ({ viewer, params, origin }) => ({
    link: personalLink(origin, await joining.renewLinkOf(viewer, params.workshop, params.person)),
  }))
}

const card = ({ id, title, organiser, place, begins, ends, phase }: WorkshopCard) => ({
  id,
  title,
  organiser,
  place,
  begins,
  ends,
  phase,
})
const glimpse = (group: GroupCard | null) => (group === null ? null : { number: group.number, topic: group.topic })
const code = ({ expiresAt, ...rest }: JoinCode) => ({ ...rest, expiresAt: expiresAt?.toISOString() ?? null })
