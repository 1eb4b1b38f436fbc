/** What the seeds once found, each told by the fewest steps: seeds mean something else whenever the world grows. */
import { Stage } from './stage.ts'

/** Moments at which a tab opens beside one that gives its edits up. */
const MOMENTS = 100

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
        ...(await told(async (stage) => {
          const one = await stage.open('alice')
          await stage.write('close')
          await stage.type(one)
          await stage.until('it is refused', () => one.sync?.status.refused === 'draft-closed')
          await stage.pass(stage.world.between(0, 60))
          stage.opening('alice')
          await stage.pass(3_000)
        }, seed)),
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
        ...(await told(async (stage) => {
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
        }, seed)),
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

async function told(story: (stage: Stage) => Promise<void>, seed = 1): Promise<readonly string[]> {
  const stage = new Stage(seed)
  try {
    await stage.begin()
    await story(stage)
  } catch (error) {
    stage.truth.violate(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  return stage.end()
}
