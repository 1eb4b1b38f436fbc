/** The thread for merging: aligning and the consolidated proposal's Y.Doc, away from the serving thread. */
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
    // The worker answers each kind with its own kind; the common thread cannot know that.
    ask: async (request) => (await thread.ask(request)) as never,
    close: () => thread.close(),
  }
}
