/** One thread for merging, started at first need and again after it died; requests wait their turn. */
import { Worker } from 'node:worker_threads'
import type { MergeAnswer, MergeRequest } from './merge-worker.ts'

export type MergePool = {
  /** Rejects when the worker fails or dies before answering. */
  ask<Kind extends MergeRequest['kind']>(
    request: Extract<MergeRequest, { kind: Kind }>,
  ): Promise<Extract<MergeAnswer, { kind: Kind }>>
  close(): Promise<void>
}

type Waiting = { readonly done: (answer: MergeAnswer) => void; readonly failed: (error: Error) => void }

/** The worker stands beside this file: .js when built, .ts from source, where the worker registers tsx itself (Node 20 does not carry it over). */
function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./merge-worker.js', import.meta.url))
  const file = JSON.stringify(new URL('./merge-worker.ts', import.meta.url).href)
  const code = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${file}) })`
  return new Worker(code, { eval: true, execArgv: [] })
}

export function createMergePool(): MergePool {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let last = 0
  const failAll = (error: Error): void => {
    worker = null
    for (const { failed } of waiting.values()) failed(error)
    waiting.clear()
  }
  const started = (): Worker => {
    if (worker !== null) return worker
    const made = startWorker()
    made.unref()
    made.on('message', ({ id, answer, failure }: { id: number; answer?: MergeAnswer; failure?: string }) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (answer !== undefined) asked?.done(answer)
      else asked?.failed(new Error(`merge worker: ${failure ?? 'no answer'}`))
    })
    made.on('error', (error: Error) => failAll(error))
    made.on('exit', () => {
      if (worker === made) failAll(new Error('merge worker ended'))
    })
    worker = made
    return made
  }
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        const id = (last += 1)
        waiting.set(id, { done: (answer) => resolve(answer as never), failed: reject })
        started().postMessage({ id, request })
      })
    },
    async close() {
      const ending = worker
      worker = null
      await ending?.terminate()
      failAll(new Error('merge worker closed'))
    },
  }
}
