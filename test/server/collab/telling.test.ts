/** One commit, one write to each socket; and when rooms may begin a commit. */
import assert from 'node:assert/strict'
import { Beat, beatMs } from '../../../server/collab/beat.ts'
import { acknowledgedMessage, presenceLine, presenceMessage, updateMessage } from '../../../server/collab/frames.ts'
import { Member, type MemberSocket } from '../../../server/collab/member.ts'
import { tellTogether } from '../../../server/collab/telling.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { pause } from '../../support/waiting.ts'

type Seen = {
  readonly member: Member
  readonly writes: Buffer[]
  readonly did: string[]
  /** Nothing is read any more: what is written waits. */
  sleep(): void
}

/** A member whose socket keeps each write apart. */
function member(name: string, joined = true): Seen {
  const writes: Buffer[] = []
  const did: string[] = []
  let asleep = false
  let waiting = 0
  const socket: MemberSocket = {
    open: true,
    get bufferedAmount() {
      return waiting
    },
    write(messages) {
      writes.push(Buffer.from(messages))
      if (asleep) waiting += messages.length
    },
    close: () => undefined,
    terminate: () => did.push('terminate'),
    ping: () => did.push('ping'),
  }
  const viewer = { person: name as PersonId, name, standings: [], session: null } as never
  const made = new Member(socket, viewer, name as PersonId, true, 'write')
  made.joined = joined
  return { member: made, writes, did, sleep: () => (asleep = true) }
}

const letter = (code: number): Buffer => updateMessage(new Uint8Array([code]))
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('what a commit brings', () => {
  it('[SY16] each socket is written to once: the updates of others in their order, then the count', () => {
    const [ann, ben, eve, new_] = [member('ann'), member('ben'), member('eve'), member('new', false)]
    const all = [ann, ben, eve, new_].map((seen) => seen.member)
    ann.member.acknowledged = 2
    ben.member.acknowledged = 7
    const news = [
      { sender: ann.member, message: letter(1) },
      { sender: ben.member, message: letter(2) },
      { sender: ann.member, message: letter(3) },
    ]
    tellTogether(all, { news, counted: new Set([ann.member, ben.member]), carets: new Map() })
    assert.deepEqual(eve.writes, [Buffer.concat([letter(1), letter(2), letter(3)])])
    assert.deepEqual(ann.writes, [Buffer.concat([letter(2), acknowledgedMessage(2)])])
    assert.deepEqual(ben.writes, [Buffer.concat([letter(1), letter(3), acknowledgedMessage(7)])])
    assert.deepEqual(new_.writes, [], 'who has not joined gets nothing')
  })

  it('[SY16] whose frame was known already gets the count, and nobody anything else', () => {
    const [ann, ben] = [member('ann'), member('ben')]
    ann.member.acknowledged = 4
    tellTogether([ann.member, ben.member], { news: [], counted: new Set([ann.member]), carets: new Map() })
    assert.deepEqual(ann.writes, [acknowledgedMessage(4)])
    assert.deepEqual(ben.writes, [])
  })

  it('[SY18] carets go along in the same write, behind the count, each to everybody but its owner', () => {
    const [ann, ben, eve, new_] = [member('ann'), member('ben'), member('eve'), member('new', false)]
    ann.member.presenceId = 1
    ben.member.presenceId = 3_000_000_000
    new_.member.presenceId = 4
    const all = [ann, ben, eve, new_].map((seen) => seen.member)
    const line = (client: number): Uint8Array => presenceLine({ client, clock: 2 ** 41 + client, state: '{"a":"ก"}' })
    const carets = new Map([1, 3_000_000_000, 4].map((client) => [client, line(client)] as const))
    ann.member.acknowledged = 1
    tellTogether(all, {
      news: [{ sender: ann.member, message: letter(1) }],
      counted: new Set([ann.member]),
      carets,
    })
    const carry = (...clients: number[]): Buffer => presenceMessage(clients.map(line))
    assert.deepEqual(ann.writes, [Buffer.concat([acknowledgedMessage(1), carry(3_000_000_000, 4)])])
    assert.deepEqual(ben.writes, [Buffer.concat([letter(1), carry(1, 4)])])
    assert.deepEqual(eve.writes, [Buffer.concat([letter(1), carry(1, 3_000_000_000, 4)])])
    assert.deepEqual(new_.writes, [])
    tellTogether([ann.member], { news: [], counted: new Set(), carets: new Map([[1, line(1)]]) })
    assert.equal(ann.writes.length, 1, 'a caret alone is not told to its owner')
  })
})

describe('signs of life', () => {
  it('[SY19] each turn pings; who was told nothing gets the quiet message; of whom nothing came is dropped', () => {
    const ann = member('ann')
    const quiet = presenceMessage([])
    ann.member.heartbeat(quiet)
    assert.deepEqual([ann.did, ann.writes], [['ping'], [quiet]])
    ann.member.alive = true
    ann.member.send(letter(1))
    ann.member.heartbeat(quiet)
    assert.deepEqual([ann.did, ann.writes.length], [['ping', 'ping'], 2])
    ann.member.heartbeat(quiet)
    assert.deepEqual([ann.did, ann.writes.length], [['ping', 'ping', 'terminate'], 2])
  })
})

describe('who does not read', () => {
  const large = Buffer.alloc(700_000)

  it('[SY70] gets the draft that it asked for, however large, and is dropped when more than a megabyte waits beside it', () => {
    const ann = member('ann')
    ann.sleep()
    ann.member.sendDocument([large, large, large])
    ann.member.send(large)
    ann.member.send(large)
    assert.deepEqual(ann.did, [])
    ann.member.send(letter(1))
    assert.deepEqual(ann.did, ['terminate'])
  })

  it('[SY70] cannot have the draft again and again: the second time it is dropped', () => {
    const ann = member('ann')
    ann.sleep()
    ann.member.sendDocument([large, large])
    assert.deepEqual(ann.did, [])
    ann.member.sendDocument([large, large])
    assert.deepEqual([ann.did, ann.writes.length], [['terminate'], 2])
  })
})

describe('the beat of commits', () => {
  it('[SY15] a workshop is told forty times a second, thousands twenty-five times', () => {
    assert.deepEqual([1, 80, 312, 400, 500, 7852].map(beatMs), [25, 25, 25, 32, 40, 40])
  })

  it('[SY15] whoever waits begins together; the next beat is a pause later; after a rest nobody waits', async () => {
    const beat = new Beat(() => 300)
    const begun: string[] = []
    const wait = (name: string): Promise<void> => beat.next().then(() => void begun.push(name))
    const started = performance.now()
    await Promise.all([wait('a'), wait('b')])
    assert.ok(performance.now() - started < 280, 'the first need not wait')
    assert.deepEqual(begun, ['a', 'b'])
    const first = performance.now()
    const second = Promise.all([wait('c'), wait('d')])
    await settled()
    assert.deepEqual(begun, ['a', 'b'], 'not sooner than the pause')
    await second
    assert.ok(performance.now() - first >= 280)
    assert.deepEqual(begun, ['a', 'b', 'c', 'd'])
    await pause(320)
    const rested = wait('e')
    await settled()
    await settled()
    assert.equal(begun.at(-1), 'e')
    await rested
  })
})
