/** Asks the journal until the store answers, for rooms: while it fails nothing may be acknowledged, and nothing that was taken may be dropped. */

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000
/** Of a store that goes on failing every so manieth failure is told: with hundreds of rooms each would fill the log. */
const TOLD_EVERY = 30

/** The process ends without the store: what was taken is kept elsewhere. */
export class Abandoned extends Error {
  constructor() {
    super('ending without the store')
    this.name = 'Abandoned'
  }
}

/** Tries again with growing pauses; the journal recognises a batch that it has already, so nothing is stored twice. Throws Abandoned. */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  failed: (error: unknown) => void,
  isAbandoned: () => boolean,
): Promise<Answer> {
  let pause = FIRST_PAUSE_MS
  for (let failures = 0; ; failures += 1) {
    if (isAbandoned()) throw new Abandoned()
    try {
      return await ask()
    } catch (error) {
      if (failures % TOLD_EVERY === 0 && !isAbandoned()) failed(error)
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }
}
