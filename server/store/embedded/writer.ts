/** Group commit of the embedded store: everything that is asked in one turn of the event loop shares one durable transaction. */
import { Damage, sqliteCode, type Kv } from './kv.ts'
import { Refusal } from './refusal.ts'

export type Writer = {
  /** Runs `work` inside the next transaction; resolves when it is durable. A Refusal leaves the others of the turn untouched. */
  readonly write: <Result>(work: () => Result) => Promise<Result>
}

type Job = { readonly run: () => void; readonly settle: (engine: unknown) => void }

/** `reload` is called after a rollback, for what is kept in memory beside the file; `loud` hears of every failure of the engine. */
export function createWriter(kv: Kv, reload: () => void, loud: (error: unknown) => void): Writer {
  let queue: Job[] = []

  function flush(): void {
    const jobs = queue
    queue = []
    let engine: unknown
    try {
      kv.transaction(() => {
        for (const job of jobs) job.run()
      })
    } catch (error) {
      engine = error
      loud(error)
      try {
        reload()
      } catch (again) {
        loud(again)
      }
    }
    for (const job of jobs) job.settle(engine)
  }

  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        let answer: () => void
        // No timer: waiting a millisecond to gather more halved single inserts when it was measured.
        if (queue.length === 0) setImmediate(flush)
        queue.push({
          run: () => {
            try {
              const result = work()
              answer = () => resolve(result)
            } catch (error) {
              if (!(error instanceof Refusal)) throw error
              answer = () => reject(error)
            }
          },
          settle: (engine) => (engine === undefined ? answer() : reject(engineRefusal(engine))),
        })
      }),
  }
}

/** What a client is told when the engine fails: never SQLite's own words as a code. */
export function engineRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const words = error instanceof Error ? error.message : String(error)
  if (sqliteCode(error) === 13) return new Refusal(14031, 'the disk is full')
  if (error instanceof Damage || sqliteCode(error) === 11 || sqliteCode(error) === 26) return new Refusal(8, words)
  return new Refusal(8, `the store failed: ${words}`)
}
