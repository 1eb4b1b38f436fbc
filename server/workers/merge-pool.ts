/** The merge worker as services call it: each question with its own kind of answer. */
import type { MergeAnswer, MergeRequest } from './merge-worker.ts'
import { createWorkerThread } from './worker-thread.ts'

export type MergePool = {
  /** Rejects when the worker fails or dies before answering. */
  ask<Kind extends MergeRequest['kind']>(
    request: Extract<MergeRequest, { kind: Kind }>,
  ): Promise<Extract<MergeAnswer, { kind: Kind }>>
  close(): Promise<void>
}

export function createMergePool(): MergePool {
  const thread = createWorkerThread<MergeRequest, MergeAnswer>(import.meta.url, 'merge-worker')
  return {
    async ask(request) {
      // The worker answers a question with its own kind: merge-worker.ts's switch.
      return (await thread.ask(request)) as never
    },
    close: () => thread.close(),
  }
}
