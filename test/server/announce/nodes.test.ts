/** What nodes say to each other, through a real redis-server: heard once, parsed, without an echo; who goes is noticed. */
import assert from 'node:assert/strict'
import { createClient } from 'redis'
import { createAnnouncer, type AppEvent, type Origin } from '../../../server/announce/events.ts'
import type { NodeMessage } from '../../../server/announce/node-messages.ts'
import { joinNodes, type Nodes } from '../../../server/announce/nodes.ts'
import { tellNodes } from '../../../server/announce/tell-nodes.ts'
import { createAttempts } from '../../../server/people/attempts.ts'
import type { DraftId, PersonId, WorkshopId } from '../../../shared/ids.ts'
import { hasRedis, startRedisServer, type RedisServer } from '../../support/redis-server.ts'
import { until } from '../../support/waiting.ts'

const REVOKED: AppEvent = { kind: 'person-revoked', person: 'p' as PersonId }

describe('nodes', function () {
  this.timeout(30_000)
  let redis: RedisServer
  let warned: string[] = []
  const open: Nodes[] = []

  before(async function () {
    if (!hasRedis()) {
      console.log('      left out: redis-server is not installed')
      return this.skip()
    }
    redis = await startRedisServer()
  })
  beforeEach(() => (warned = []))
  afterEach(async () => {
    for (const node of open.splice(0)) await node.close()
  })
  after(() => redis?.stop())

  const note = (fields: unknown, message?: string): void => void warned.push(message ?? String(fields))
  function join(scope = 'test'): { node: Nodes; heard: NodeMessage[]; gone: string[] } {
    const node = joinNodes({ url: redis.url, scope, log: { warn: note, info: () => undefined, error: note } as never })
    const heard: NodeMessage[] = []
    const gone: string[] = []
    node.listen({ heard: (message) => heard.push(message), gone: (id) => gone.push(id) })
    open.push(node)
    return { node, heard, gone }
  }
  const know = (...nodes: { node: Nodes }[]): Promise<void> =>
    until('all know all', () => nodes.every(({ node }) => node.others.size === nodes.length - 1))

  it('[ND1][ND7] an event is heard on the other node, once, as from elsewhere, and never comes back', async () => {
    const [here, there, foreign] = [join(), join(), join('another installation')]
    await know(here, there)
    const told: [string, string, Origin][] = []
    const announcers = [here, there].map(({ node }, at) => {
      const announcer = createAnnouncer((error) => assert.fail(String(error)))
      announcer.subscribe(({ kind }, origin) => told.push([at === 0 ? 'here' : 'there', kind, origin]))
      tellNodes(announcer, node)
      return announcer
    })
    announcers[0]!.announce(REVOKED)
    announcers[0]!.announce({
      kind: 'presence-changed',
      workshop: 'w' as WorkshopId,
      group: null,
      draft: 'd' as DraftId,
    })
    announcers[1]!.announce({ kind: 'staff-changed' })
    const toldAt = (node: string) =>
      told.filter(([at, kind]) => at === node && kind !== 'missed').map(([, ...rest]) => rest)
    await until('both heard of the other', () => toldAt('here').length >= 3 && toldAt('there').length >= 2)
    // In order at each node; which of two nodes hears first is nobody's promise.
    assert.deepEqual(toldAt('here'), [
      ['person-revoked', 'here'],
      ['presence-changed', 'here'],
      ['staff-changed', 'elsewhere'],
    ])
    assert.deepEqual(toldAt('there'), [
      ['staff-changed', 'here'],
      ['person-revoked', 'elsewhere'],
    ])
    assert.deepEqual(foreign.heard, [], 'installations that share a Redis do not hear each other')
  })

  it('[ND7] what cannot be read is dropped, and what comes next is heard', async () => {
    const [here, there] = [join(), join()]
    await know(here, there)
    const stranger = createClient({ url: redis.url })
    await stranger.connect()
    const say = (text: string): Promise<unknown> => stranger.publish('rangruam:test:nodes', text)
    const event = { kind: 'happened', event: REVOKED }
    for (const text of ['', '{', 'null', '[]', '{"from":"x"}', '{"from":"","message":{"kind":"alive"}}'])
      await say(text)
    await say(
      JSON.stringify({
        from: 'x',
        message: { kind: 'happened', event: { kind: 'person-revoked', person: { $ne: 1 } } },
      }),
    )
    await say(JSON.stringify({ from: 'x', message: { kind: 'of-a-later-version' } }))
    await say(JSON.stringify({ from: 'x', message: event }))
    const happened = ({ heard }: { heard: NodeMessage[] }) => heard.filter(({ kind }) => kind === 'happened')
    await until('the good one is heard on both', () => [here, there].every((at) => happened(at).length > 0))
    assert.deepEqual([happened(here), happened(there)], [[event], [event]])
    assert.equal(warned.filter((line) => line.includes('cannot read')).length, 16, 'eight of them, on two nodes')
    stranger.destroy()
  })

  it('[ND8] a wrong guess at one node is counted at the other, at the same gate', async () => {
    const [here, there] = [join(), join()]
    await know(here, there)
    const gates = [here, there].map(({ node }) => {
      const announcer = createAnnouncer((error) => assert.fail(String(error)))
      tellNodes(announcer, node)
      const limits = { freeByAddress: 2, freeOverall: 100, longestDelayMs: 60_000 }
      const at = (gate: string) => createAttempts(limits, { gate, announcer })
      return { joining: at('joining'), signIn: at('sign-in') }
    })
    for (let guess = 0; guess < 3; guess++) gates[0]!.joining.failed('10.0.0.9')
    const isHeldOff = (): boolean => {
      try {
        gates[1]!.joining.check('10.0.0.9')
        return false
      } catch {
        return true
      }
    }
    await until('the other node holds the guesser off', isHeldOff)
    gates[1]!.signIn.check('10.0.0.9')
    gates[1]!.joining.check('10.0.0.8')
  })

  it('[ND2] who stops says so, and is forgotten at once', async () => {
    const [here, there] = [join(), join()]
    await know(here, there)
    const from = performance.now()
    await there.node.close()
    await until('it is gone', () => here.gone.length > 0)
    assert.deepEqual(here.gone, [there.node.id])
    assert.ok(performance.now() - from < 2_000)
  })
})
