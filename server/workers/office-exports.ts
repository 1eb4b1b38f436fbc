/** Runs exports in a thread of their own, one at a time, with a limit of time and size: the main thread never waits. */
import type { OfficeAnswer, OfficeTask } from './office-worker.ts'
import { startWorkerBeside } from '../worker-beside.ts'

/** A package of 9 groups and 300 clauses takes 1 to 3 s on two loaded cores. */
const LIMIT_MS = 60_000
const LIMIT_BYTES = 32 * 1024 * 1024
/** Typst's own memory is outside V8's heap; this bounds what JSON and the DOCX writer may take. */
const HEAP_MB = 512

export type OfficeExports = {
  /** Rejects when the worker fails, takes too long, or the file is over 32 MB. */
  make(task: OfficeTask): Promise<OfficeAnswer>
}

function run(task: OfficeTask): Promise<OfficeAnswer> {
  return new Promise((resolve, reject) => {
    const limits = { maxOldGenerationSizeMb: HEAP_MB }
    const worker = startWorkerBeside(import.meta.url, 'office-worker', { workerData: task, resourceLimits: limits })
    const end = (act: () => void): void => {
      clearTimeout(timer)
      void worker.terminate()
      act()
    }
    const timer = setTimeout(() => end(() => reject(new Error('export took too long'))), LIMIT_MS)
    worker.on('message', ({ answer, failure }: { answer?: OfficeAnswer; failure?: string }) =>
      end(() => {
        if (answer === undefined) reject(new Error(`office worker: ${failure ?? 'no answer'}`))
        else if (answer.bytes.byteLength > LIMIT_BYTES) reject(new Error('export is too large'))
        else resolve(answer)
      }),
    )
    worker.on('error', (error: Error) => end(() => reject(error)))
    worker.on('exit', () => end(() => reject(new Error('office worker ended'))))
  })
}

/** Exports wait their turn: two of them at once would double the memory on a small server. */
export function createOfficeExports(): OfficeExports {
  let last: Promise<unknown> = Promise.resolve()
  return {
    make(task) {
      const mine = last.then(() => run(task))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
