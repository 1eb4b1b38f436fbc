/** Asks the journal until the store answers, for rooms: while it fails nothing may be acknowledged, and nothing that was taken may be dropped. */

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000

/** Tries again with growing pauses; the journal recognises a batch that it has already, so nothing is stored twice. */
export async function untilAnswered<Answer>(
  ask: () => Promise<Answer>,
  failed: (error: unknown) => void,
): Promise<Answer> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await ask()
    } catch (error) {
      failed(error)
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
    }
  }
}
