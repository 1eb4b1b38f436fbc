/** Routes of the front page, signing in, one-time links and accounts. */
import type { Standing } from '../../shared/people/roles.ts'
import * as contract from '../../shared/people/contract.ts'
import * as administration from '../../shared/people/staff-contract.ts'
import type { People } from '../people/people.ts'
import { Problem } from '../problem.ts'
import type { Asker, Routes } from './routes.ts'

/** A link with its secret in the fragment: no server, proxy or log ever sees it. */
const linkTo = ({ origin }: Asker, path: '/invite' | '/first' | '/reset', secret: string): string =>
  `${origin}${path}#${secret}`

/** Serves them. */
export function servePeopleRoutes(routes: Routes, people: People): void {
  const { accounts, invitations, passwordLinks, sessions, front, audit } = people

  routes.serve(contract.me, async ({ viewer, secure }) => ({
    person: viewer.person,
    name: viewer.name,
    standings: viewer.standings.map(wire),
    home: viewer.person === null ? '/' : await people.homeOf(viewer.standings),
    demo: await people.isDemo(viewer),
    plainHttp: !secure,
  }))
  routes.serve(contract.front, async () => {
    const { cards, workshop, preparing } = await front.cards()
    const facts = workshop === null ? { people: 0, groups: 0 } : await people.sizeOf(workshop)
    return { demo: cards.map(({ role, name }) => ({ role, name })), ...facts, preparing }
  })
  routes.serve(contract.demoSignIn, async ({ body, cookie, answer }) => {
    const entered = await front.signIn(body.role, cookie)
    answer.header('Set-Cookie', entered.cookie)
    return { home: await people.homeOfPerson(entered.person) }
  })
  routes.serve(administration.switchDemo, ({ viewer, body }) => nothing(front.switchDemo(viewer, body.on)))

  routes.serve(contract.signIn, async ({ body, ip, cookie, answer }) => {
    const person = await accounts.signIn(body.signInName, body.password, ip)
    answer.header('Set-Cookie', await sessions.start(person, 'staff', cookie))
    return { home: await people.homeOfPerson(person) }
  })
  routes.serve(contract.signOut, async ({ viewer, answer }) => {
    answer.header('Set-Cookie', await sessions.end(viewer))
    return undefined
  })
  routes.serve(contract.changePassword, async ({ viewer, body, ip, answer }) => {
    await accounts.changePassword(viewer, body.old, body.fresh, ip)
    if (viewer.person !== null) answer.header('Set-Cookie', await sessions.start(viewer.person, 'staff', undefined))
    return undefined
  })

  routes.serve(contract.lookAtLink, async ({ body, ip }) => {
    const { kind, name, standing } = await invitations.look(body.secret, ip)
    return { kind, name, role: standing.role, workshop: await people.titleOf(standing.workshop) }
  })
  routes.serve(contract.acceptLink, async ({ body, ip, answer, cookie }) => {
    const person = await invitations.accept(body, ip)
    answer.header('Set-Cookie', await sessions.start(person, 'staff', cookie))
    return { home: await people.homeOfPerson(person) }
  })

  routes.serve(contract.lookAtPasswordLink, ({ body, ip }) => passwordLinks.look(body.secret, ip))
  routes.serve(contract.resetPassword, async ({ body, ip, answer, cookie }) => {
    const person = await passwordLinks.use(body.secret, body.password, ip)
    answer.header('Set-Cookie', await sessions.start(person, 'staff', cookie))
    return { home: await people.homeOfPerson(person) }
  })

  routes.serve(administration.staff, async ({ viewer }) => {
    const [list, invited, workshops] = await Promise.all([
      accounts.list(viewer),
      invitations.list(viewer),
      people.workshops.titles(),
    ])
    return {
      accounts: list.map(({ id, name, signInName, standings, active }) => ({
        id,
        name,
        signInName,
        standings: standings.map(wire),
        active,
      })),
      invitations: invited.map(({ id, name, standing, state, expiresAt }) => ({
        id,
        name,
        standing: wire(standing),
        state,
        expiresAt: expiresAt.toISOString(),
      })),
      workshops: [...workshops],
    }
  })
  routes.serve(administration.invite, async (call) => {
    const { name, ...standing } = call.body
    const { id, secret } = await invitations.invite(call.viewer, name, standingOf(standing))
    return { id, link: linkTo(call, '/invite', secret) }
  })
  routes.serve(administration.reissueInvitation, async (call) => {
    const { id, secret } = await invitations.reissue(call.viewer, call.params.invitation)
    return { id, link: linkTo(call, '/invite', secret) }
  })
  routes.serve(administration.revokeInvitation, ({ viewer, params }) =>
    nothing(invitations.revoke(viewer, params.invitation)),
  )
  routes.serve(administration.passwordLink, async (call) => ({
    link: linkTo(call, '/reset', await passwordLinks.make(call.viewer, call.params.person)),
  }))
  routes.serve(administration.setActive, ({ viewer, params, body }) =>
    nothing(accounts.setActive(viewer, params.person, body.active)),
  )
  routes.serve(administration.grantRole, ({ viewer, params, body }) =>
    nothing(accounts.grant(viewer, params.person, standingOf(body))),
  )
  routes.serve(administration.withdrawRole, ({ viewer, params, body }) =>
    nothing(accounts.withdraw(viewer, params.person, standingOf(body))),
  )
  routes.serve(administration.accessLog, async ({ viewer }) => {
    const deeds = await audit.list(viewer, 200)
    return deeds.map(({ id, at, what, who, whom }) => ({ id, at: at.toISOString(), what, who, whom }))
  })
  routes.serve(administration.health, async ({ viewer, secure }) => {
    if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
    return { ...(await people.health(viewer)), https: secure }
  })
}

async function nothing(done: Promise<void>): Promise<undefined> {
  await done
  return undefined
}

function standingOf({
  role,
  workshop,
}: {
  role: Standing['role']
  workshop?: Standing['workshop'] | undefined
}): Standing {
  return workshop === undefined ? { role } : { role, workshop }
}

const wire = ({ role, workshop, group }: Standing) => ({ role, workshop, group })
