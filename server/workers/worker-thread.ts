/** One worker thread behind a question and an answer: started at first need, started again after it died; for draft and office work. */
import type { Worker } from 'node:worker_threads'
import { startWorkerBeside } from '../worker-beside.ts'

/** What a worker file does with one request. It posts {id, answer} or {id, failure}. */
export type WorkerThread<Request, Answer> = {
  /** Rejects when the worker fails or dies before answering. */
  ask(request: Request): Promise<Answer>
  close(): Promise<void>
}

type Waiting<Answer> = { readonly done: (answer: Answer) => void; readonly failed: (error: Error) => void }

/** `base` is the caller's import.meta.url, `name` the worker's file beside it without ending. */
export function createWorkerThread<Request, Answer>(base: string, name: string): WorkerThread<Request, Answer> {
  const waiting = new Map<number, Waiting<Answer>>()
  let worker: Worker | null = null
  let last = 0

  const failAll = (error: Error): void => {
    worker = null
    for (const { failed } of waiting.values()) failed(error)
    waiting.clear()
  }
  const started = (): Worker => {
    if (worker !== null) return worker
    const made = startWorkerBeside(base, name)
    made.unref()
    made.on('message', ({ id, answer, failure }: { id: number; answer?: Answer; failure?: string }) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (failure === undefined) asked?.done(answer as Answer)
      else asked?.failed(new Error(`${name}: ${failure}`))
    })
    made.on('error', failAll)
    made.on('exit', () => {
      if (worker === made) failAll(new Error(`${name} ended`))
    })
    worker = made
    return made
  }
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        const id = (last += 1)
        waiting.set(id, { done: resolve, failed: reject })
        started().postMessage({ id, request })
      })
    },
    async close() {
      const ending = worker
      worker = null
      await ending?.terminate()
    },
  }
}
