/** Every route, topic and document socket of the running server, tried over the wire with every role against the access table. */
import assert from 'node:assert/strict'
import { io } from 'socket.io-client'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../shared/drafting/document.ts'
import { ACCESS, may, type Action } from '../../shared/people/access.ts'
import type { DraftId } from '../../shared/ids.ts'
import { PHASES, type Phase } from '../../shared/workshop/phases.ts'
import type { Route } from '../../server/http/routes.ts'
import { topic } from '../../server/live/topics.ts'
import { startAccessWorld, type AccessWorld, type Subject } from '../support/access-world.ts'
import { framed, rawClient } from '../support/raw-client.ts'
import { rawHttpClient } from '../support/raw-http-client.ts'
import { sampleOf } from '../support/sample-of.ts'
import { until } from '../support/waiting.ts'

/** Phases in which every route is tried; those whose rule names phases are tried in all thirteen. */
const SOME_PHASES: readonly Phase[] = ['register', 'draft', 'archive']
const REFUSED = new Set([401, 403, 404])

/** What a made-up body cannot know. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/staff/:person/standings': { role: 'observer' },
  'DELETE /api/staff/:person/standings': { role: 'observer' },
  'POST /api/versions/:version/approval': { hash: 'a'.repeat(64) },
  'POST /api/groups/:group/roles': { person: 'nobody', role: 'scribe' },
  'POST /api/staff/invitations': { name: 'ใคร', role: 'facilitator' },
}

const dependsOnPhase = (action: Route['endpoint']['action']): boolean =>
  action in ACCESS && ACCESS[action as Action].some((rule) => 'phases' in rule)
const isOfVersion = ({ action, path }: Route['endpoint']): boolean => action === 'public' && path.includes('/:version')
const partsOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')

describe('access over the wire', function () {
  this.timeout(180_000)
  let world: AccessWorld
  let routes: readonly Route[]

  before(async () => {
    world = await startAccessWorld()
    routes = world.test.app.routes.list()
  })
  after(() => world.test.stop())

  const addressOf = (route: Route): string => {
    const { path, query } = route.endpoint
    const filled = path.replace(/:(\w+)/g, (_whole, name: string) => {
      const id = world.ids[name]
      assert.ok(id !== undefined, `no example for :${name} of ${path}: add one to test/support/access-world.ts`)
      return id
    })
    const asked = query === undefined ? {} : (sampleOf(query, world.ids) as Record<string, string>)
    return `${world.test.url}${filled}?${new URLSearchParams(asked).toString()}`
  }
  /** A session of each for all that changes nothing; what changes something may end it, and gets one of its own. */
  const sessions = new Map<Subject, string>()
  const sessionOf = async (subject: Subject): Promise<string> => {
    const cookie = sessions.get(subject) ?? (await world.cookieOf(subject))
    sessions.set(subject, cookie)
    return cookie
  }
  const ask = async (route: Route, subject: Subject, cookie?: string): Promise<number> => {
    const { method, path, body } = route.endpoint
    const headers: Record<string, string> = { cookie: cookie ?? (await sessionOf(subject)) }
    const init: RequestInit = { method, headers }
    if (body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(BODIES[`${method} ${path}`] ?? sampleOf(body, world.ids))
    }
    const answer = await fetch(addressOf(route), init)
    await answer.arrayBuffer()
    return answer.status
  }
  const mayNow = ({ endpoint }: Route, subject: Subject, phase: Phase): boolean => {
    const parts = partsOf(endpoint.path)
    // A version is public once it is published; the one tried here is not.
    if (isOfVersion(endpoint)) return may(subject.standings, 'document.download', world.placeOf(parts, phase))
    if (endpoint.action === 'public') return true
    if (endpoint.action === 'signed-in') return subject.person !== null
    return may(subject.standings, endpoint.action, world.placeOf(parts, phase))
  }
  const nameOf = ({ endpoint }: Route): string => `${endpoint.method} ${endpoint.path}`

  it('[PE30] every route has a rule of the table, or says that it is public or for anybody signed in', () => {
    assert.ok(routes.length > 50, `${routes.length} routes`)
    const without = routes.filter(
      ({ endpoint: { action } }) => !(action in ACCESS) && action !== 'public' && action !== 'signed-in',
    )
    assert.deepEqual(without.map(nameOf), [])
    for (const route of routes) addressOf(route)
  })

  it('[PE30] what changes something is never public, save the ways in', () => {
    const open = routes.filter(({ endpoint }) => endpoint.action === 'public' && endpoint.method !== 'GET').map(nameOf)
    assert.deepEqual(
      open.sort((a, b) => a.localeCompare(b)),
      [
        'POST /api/demo/sign-in',
        'POST /api/join',
        'POST /api/join/card',
        'POST /api/join/card/look',
        'POST /api/join/code',
        'POST /api/join/name',
        'POST /api/links/accept',
        'POST /api/links/look',
        'POST /api/links/password',
        'POST /api/links/password/look',
        'POST /api/sign-in',
        'POST /api/sign-out',
      ],
    )
  })

  it('[PE30] whoever may not is refused with 401, 403 or 404, on every route in every phase that matters', async () => {
    const wrong: string[] = []
    let tried = 0
    for (const phase of PHASES) {
      await world.setPhase(phase)
      for (const route of routes) {
        if (!SOME_PHASES.includes(phase) && !dependsOnPhase(route.endpoint.action)) continue
        const barred = world.subjects.filter((subject) => !mayNow(route, subject, phase))
        const statuses = await Promise.all(barred.map((subject) => ask(route, subject)))
        statuses.forEach((status, at) => {
          tried++
          if (!REFUSED.has(status)) wrong.push(`${phase}: ${nameOf(route)} as ${barred[at]?.title}: ${status}`)
        })
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(tried > 2_000, `${tried} refusals were tried`)
    // Nobody was refused because a session had ended.
    for (const [subject, cookie] of sessions) {
      const me = (await (await fetch(`${world.test.url}/api/me`, { headers: { cookie } })).json()) as {
        person: string | null
      }
      assert.equal(me.person, subject.person, subject.title)
    }
  })

  it('[PE30] whoever may is never refused for who they are, and nothing fails on the server', async () => {
    const wrong: string[] = []
    let tried = 0
    // Readings first: what is changed later must not spoil them.
    const reading = (route: Route): number => (route.endpoint.method === 'GET' ? 0 : 1)
    const order = [...routes].sort((a, b) => reading(a) - reading(b))
    for (const phase of PHASES) {
      for (const route of order) {
        const everyPhase = dependsOnPhase(route.endpoint.action)
        // Documents cost half a second each; changes would spoil each other.
        const often = route.endpoint.method === 'GET' && route.endpoint.file === undefined
        const once = often ? SOME_PHASES : SOME_PHASES.slice(1, 2)
        if (!everyPhase && !once.includes(phase)) continue
        const reads = reading(route) === 0
        await world.setPhase(phase)
        for (const subject of world.subjects.filter((one) => mayNow(route, one, phase))) {
          if (!reads) await world.setPhase(phase)
          const status = await ask(route, subject, reads ? undefined : await world.cookieOf(subject))
          tried++
          // It may have ended sessions of others.
          if (!reads) sessions.clear()
          const barred = status === 401 || status === 403
          if (status >= 500 || (barred && route.endpoint.action !== 'public')) {
            wrong.push(`${phase}: ${nameOf(route)} as ${subject.title}: ${status}`)
          }
        }
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(tried > 400, `${tried} allowances were tried`)
  })

  it('[PE30] each topic is followed by those who may read what its news is about, and by nobody else', async () => {
    const { ids } = world
    const rules: Readonly<Record<keyof typeof topic, readonly [string, Action, readonly string[]]>> = {
      workshop: [`workshop:${ids['workshop']}`, 'workshop.read', ['workshop']],
      group: [`group:${ids['group']}`, 'draft.read', ['group']],
      draft: [`draft:${ids['draft']}`, 'draft.read', ['draft']],
      merge: [`merge:${ids['workshop']}`, 'merge.read', ['workshop']],
      version: [`version:${ids['version']}`, 'version.read', ['version']],
      staff: ['staff', 'staff.manage', []],
    }
    assert.deepEqual(
      Object.keys(topic).sort((a, b) => a.localeCompare(b)),
      Object.keys(rules).sort((a, b) => a.localeCompare(b)),
    )
    await world.setPhase('draft')
    const names = [...Object.values(rules).map(([name]) => name), 'session:x', `person:${ids['person']}`, 'nonsense']
    for (const subject of world.subjects) {
      const cookie = await world.cookieOf(subject)
      const socket = io(world.test.url, {
        path: '/live',
        transports: ['websocket'],
        extraHeaders: { cookie },
        reconnection: false,
      })
      const followed = await new Promise<string[] | 'refused'>((resolve) => {
        socket.on('connect_error', () => resolve('refused'))
        socket.on('connect', () => socket.emit('follow', names, resolve))
      })
      socket.close()
      if (subject.person === null) {
        assert.equal(followed, 'refused')
        continue
      }
      const expected = Object.values(rules).flatMap(([name, action, parts]) => {
        return may(subject.standings, action, world.placeOf(parts, 'draft')) ? [name] : []
      })
      assert.deepEqual(followed, expected, subject.title)
    }
  })
})

describe('access at the document socket', function () {
  this.timeout(180_000)
  let world: AccessWorld

  before(async () => {
    world = await startAccessWorld()
  })
  after(() => world.test.stop())

  /** What came of one honest update: how the connection answered. */
  async function write(subject: Subject, client: number, way: 'WebSocket' | 'HTTP'): Promise<string> {
    const cookie = await world.cookieOf(subject)
    const headers: Record<string, string> = cookie === '' ? {} : { cookie }
    const path = `/collab/${world.ids['draft']}.1?ack=1`
    const { port, store } = world.test.app
    const doc = newDraftDoc()
    doc.clientID = client
    sectionRoot(doc, 'background').insert(0, 'ก')
    const frame = framed(0, 2, Y.encodeStateAsUpdate(doc))
    const before = await store.journal.last(world.ids['draft'] as DraftId, 1)
    const one = way === 'HTTP' ? await rawHttpClient(port, path, headers) : await rawClient(port, null, path, headers)
    if ('socket' in one) one.send(frame)
    else if (one.href !== null) await one.bring([frame])
    await until('the connection answers', () => {
      return one.closed() !== null || one.acknowledged() > 0 || one.refusals().length > 0
    })
    const outcome = one.closed() !== null ? 'refused' : one.refusals().length > 0 ? 'read only' : 'written'
    const written = (await store.journal.last(world.ids['draft'] as DraftId, 1)) - before
    assert.equal(written, outcome === 'written' ? 1 : 0, `${subject.title} by ${way}: ${outcome}, ${written} entries`)
    if (outcome === 'refused') assert.ok([4401, 4403, 4404].includes(one.closed() ?? 0), `closed with ${one.closed()}`)
    if (outcome === 'read only') assert.match(one.refusals()[0] ?? '', /^read-only@/)
    if ('socket' in one) one.socket.close()
    else await one.leave()
    return outcome
  }

  for (const phase of PHASES) {
    it(`[PE30] in ${phase} the draft is written, read or refused as the table says, for every role, by WebSocket and by HTTP`, async () => {
      await world.setPhase(phase)
      const outcomes: Record<string, string> = {}
      const expected: Record<string, string> = {}
      for (const [at, subject] of world.subjects.entries()) {
        const place = world.placeOf(['draft'], phase)
        const reads = may(subject.standings, 'draft.read', place)
        const writes = may(subject.standings, 'draft.write', place)
        expected[subject.title] = writes ? 'written' : reads ? 'read only' : 'refused'
        const client = 1_000 * (PHASES.indexOf(phase) + 1) + 2 * at
        const both = [await write(subject, client, 'WebSocket'), await write(subject, client + 1, 'HTTP')]
        outcomes[subject.title] = [...new Set(both)].join(' and ')
      }
      assert.deepEqual(outcomes, expected)
      assert.ok(Object.values(outcomes).includes('refused'))
    })
  }
})
