/** What the seeds once found, each told by the fewest steps: seeds mean something else whenever the world grows. */
import type { Page } from './page.ts'
import { Stage } from './stage.ts'
import type { StoreFaults } from './store.ts'

/** Moments at which a tab opens beside one that gives its edits up. */
const MOMENTS = 100
const LOOK_MS = 4_000 // nodes look into the journal every 3 s

/** Stories by name; each gives what was violated. */
export const STORIES: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  'a tab that was refused takes over what another left': () =>
    told(async (stage) => {
      const one = await stage.open('alice')
      const other = await stage.open('alice')
      await stage.disconnect(other)
      const left = await stage.type(other)
      await stage.pass(50)
      await stage.write('close')
      await stage.type(one)
      await stage.until('it is refused', () => one.sync?.status.refused === 'draft-closed')
      // It opens afresh with what the other left, and does not get as far as the server's text.
      await stage.disconnect(one)
      await stage.pass(2_000)
      stage.kill(other)
      await stage.write('reopen')
      stage.reconnect(one)
      await stage.until('what was left is saved', () => stage.stands(left))
    }),

  'what is typed after a refusal is sent': () =>
    told(async (stage) => {
      const page = await stage.open('alice')
      await stage.write('close')
      const refused = await stage.type(page)
      await stage.until('it is set aside', () => page.sync?.status.aside.length === 1 && page.sync.status.synced)
      await stage.write('reopen')
      await stage.disconnect(page)
      const next = await stage.type(page)
      await stage.pass(1_000)
      stage.reconnect(page)
      await stage.until('it is saved', () => stage.stands(next))
      if (stage.stands(refused)) throw new Error('what was given up stands')
    }),

  'a tab opens while another gives its edits up': async () => {
    const found: string[] = []
    for (let seed = 1; seed <= MOMENTS && found.length === 0; seed++)
      found.push(
        ...(await told(
          async (stage) => {
            const one = await stage.open('alice')
            await stage.write('close')
            await stage.type(one)
            await stage.until('it is refused', () => one.sync?.status.refused === 'draft-closed')
            await stage.pass(stage.world.between(0, 60))
            stage.opening('alice')
            await stage.pass(3_000)
          },
          { seed },
        )),
      )
    return found
  },

  'edits that stand on what another tab gave up': () =>
    told(async (stage) => {
      const one = await stage.open('alice')
      await stage.disconnect(one)
      await stage.type(one)
      await stage.pass(50)
      // It has the words of the first from the device, and types behind them.
      const other = stage.opening('alice')
      stage.network.offline.add(other.owner)
      await stage.until('the other has a text', () => other.sync?.hasText === true)
      await stage.type(other)
      await stage.pass(50)
      stage.kill(other)
      await stage.write('close')
      stage.reconnect(one)
      await stage.until('it is refused', () => one.sync?.status.refused === 'draft-closed')
      await stage.disconnect(one)
      await stage.write('reopen')
      stage.reconnect(one)
      await stage.until('both are given up', () => one.sync?.status.aside.length === 2 && one.sync.unsent === 0)
    }),

  'edits that waited for the text are given up elsewhere': () =>
    told(async (stage) => {
      const one = await stage.open('alice')
      const other = await stage.open('alice')
      await stage.disconnect(one)
      await stage.type(one)
      await stage.pass(50)
      await stage.write('close')
      await stage.type(other)
      await stage.until('the other is refused', () => other.sync?.status.refused === 'draft-closed')
      // It opens afresh with an empty text, in which the words of the first wait.
      await stage.disconnect(other)
      await stage.pass(1_000)
      stage.reconnect(one)
      await stage.until('they are given up', () => one.sync?.unsent === 0 && one.sync.status.synced)
      stage.reconnect(other)
      await stage.until('the other has the text', () => other.sync?.status.synced === true)
      await stage.pass(5)
      stage.kill(other)
      await stage.pass(20)
      await stage.open('alice')
    }),

  'a page writes while it gives edits up': async () => {
    const found: string[] = []
    for (let seed = 1; seed <= MOMENTS && found.length === 0; seed++)
      found.push(
        ...(await told(
          async (stage) => {
            const page = await stage.open('alice')
            await stage.type(page)
            await stage.saved(page)
            await stage.write('close')
            await stage.erase(page)
            await stage.until('it is refused', () => page.sync?.status.refused === 'draft-closed')
            stage.device.lag = 400
            await stage.pass(stage.world.between(0, 300))
            if (page.sync?.hasText === true) await stage.erase(page)
            await stage.pass(stage.world.between(0, 300))
            await stage.write('reopen')
            await stage.pass(3_000)
          },
          { seed },
        )),
      )
    return found
  },

  'redis loses news without a word': () =>
    told(
      async (stage) => {
        const one = await stage.open('alice', 0)
        const other = await stage.open('bob', 1)
        await stage.pass(2_000)
        stage.redis.weather.losesNews = 1
        for (const [writer, reader] of [
          [one, other],
          [other, one],
        ] as const) {
          const text = await stage.type(writer)
          await stage.within(LOOK_MS, 'the other node has found it', () => stage.shows(reader, text))
        }
      },
      { servers: 2 },
    ),

  'redis is away, and a node is killed': () =>
    told(
      async (stage) => {
        const one = await stage.open('alice', 0)
        const other = await stage.open('bob', 1)
        await stage.pass(2_000)
        stage.redis.isAway = true
        const words = [await stage.type(one), await stage.type(other)]
        for (const page of [one, other]) {
          await stage.saved(page)
          await stage.within(LOOK_MS, 'both have both', () => words.every((text) => stage.shows(page, text)))
        }
        words.push(await stage.type(one))
        stage.servers.kill(false, stage.servers.alive[0]!)
        await stage.saved(one)
        for (const page of [one, other])
          await stage.within(LOOK_MS, 'both have all', () => words.every((text) => stage.shows(page, text)))
      },
      { servers: 2 },
    ),

  'a node stops before it could tell': () =>
    told(
      async (stage) => {
        const writer = await stage.open('alice', 0)
        const reader = await stage.open('bob', 1)
        await stage.pass(2_000)
        const text = await stage.type(writer)
        await stage.until('it is durable', () => stage.stands(text))
        stage.world.sleep(stage.servers.alive[0]!.listener.owner, 20_000)
        // Who typed it does not bring it to the other node either.
        await stage.disconnect(writer)
        await stage.within(LOOK_MS, 'the other node has found it', () => stage.shows(reader, text))
        stage.reconnect(writer, 1)
        await stage.saved(writer)
      },
      { servers: 2 },
    ),

  'a page with unsent edits comes to a node that is behind': () =>
    behind(async (stage, page) => {
      await stage.disconnect(page)
      await stage.type(page)
      stage.reconnect(page, 0)
      await stage.saved(page)
    }),

  'a page comes to a node that is behind, and types': () =>
    behind(async (stage, page) => {
      await stage.disconnect(page)
      stage.reconnect(page, 0)
      await stage.saved(page)
      await stage.type(page)
      await stage.saved(page)
    }),

  'a page comes to a node that is behind, and deletes': () =>
    behind(async (stage, page) => {
      await stage.disconnect(page)
      stage.reconnect(page, 0)
      await stage.saved(page)
      await stage.erase(page)
      await stage.saved(page)
    }),

  'redis loses that somebody left': () =>
    told(
      async (stage) => {
        await stage.open('alice', 0)
        const left = await stage.open('bob', 1)
        const seen = (): string => stage.servers.alive.map((server) => [...server.peopleIn()].sort().join()).join(' ')
        await stage.until('both know both', () => seen() === 'alice,bob alice,bob')
        stage.redis.weather.loses = 1
        stage.kill(left)
        await stage.until('one knows', () => seen() === 'alice,bob alice')
        await stage.pass(500)
        stage.redis.weather.loses = 0
        await stage.within(LOOK_MS, 'the other knows', () => seen() === 'alice alice')
      },
      { servers: 2 },
    ),

  'an answer breaks off in its middle': async () => {
    const found: string[] = []
    for (let seed = 1; seed <= MOMENTS && found.length === 0; seed++)
      found.push(
        ...(await told(
          async (stage) => {
            const page = stage.opening('alice')
            stage.overHttp(page)
            await stage.until('it asks', () => stage.asks(page))
            await stage.pass(stage.world.between(0, 60))
            stage.silence(page)
            await stage.until('it has the text', () => page.sync?.status.synced === true)
          },
          { seed },
        )),
      )
    return found
  },

  'a deletion is refused': () =>
    told(async (stage) => {
      const page = await stage.open('alice')
      await stage.type(page)
      await stage.saved(page)
      await stage.write('close')
      await stage.erase(page)
      await stage.pass(5_000)
    }),
}

/** Somebody has a text of which the other node has not heard, and does as told. */
function behind(story: (stage: Stage, page: Page) => Promise<void>): Promise<readonly string[]> {
  return told(
    async (stage) => {
      await stage.open('alice', 0)
      const page = await stage.open('bob', 1)
      const writer = await stage.open('carol', 1)
      await stage.pass(4_000)
      stage.redis.isAway = true
      // Both nodes have said to themselves that they may have missed something, and do so again in 3.5 s.
      await stage.pass(1_500)
      const text = await stage.type(writer)
      await stage.until('one node has it', () => stage.shows(page, text))
      await story(stage, page)
    },
    { servers: 2, store: { hidesEnds: true } },
  )
}

/** Where it is told, where not by one seed, one server and an honest store. */
type Place = { readonly seed?: number; readonly servers?: number; readonly store?: Partial<StoreFaults> }

async function told(
  story: (stage: Stage) => Promise<void>,
  { seed = 1, servers = 1, store = {} }: Place = {},
): Promise<readonly string[]> {
  const stage = new Stage(seed, servers, store)
  try {
    await stage.begin()
    await story(stage)
  } catch (error) {
    stage.truth.violate(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return stage.end()
}
