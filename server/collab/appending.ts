/** Appends to the journal until the store answers, for rooms: while it fails nothing may be acknowledged. */
import type { AppendOutcome, Journal, NewEntry } from '../journal/journal.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5000

/** Tries again with growing pauses; the journal recognises a batch that it has already, so nothing is stored twice. */
export async function appendUntilAnswered(
  journal: Journal,
  after: number,
  entries: readonly NewEntry[],
  failed: (error: unknown) => void,
): Promise<AppendOutcome> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await journal.append(after, entries)
    } catch (error) {
      failed(error)
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
    }
  }
}
