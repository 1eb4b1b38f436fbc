/** What the main thread asks of the store's worker through its message port: the journal, copies, and the end. */
import type { MessagePort, Worker } from 'node:worker_threads'
import type { AppendAnswer, PackedAppends } from '../../journal/gathered-appends.ts'
import type { Journal } from '../../journal/journal.ts'
import { StoreError, type StoreFailure } from '../store-error.ts'

export type WorkerCalls = Omit<Journal, 'append'> & {
  /** Appends of several drafts in one commit. */
  readonly appendAll: (packed: PackedAppends) => Promise<readonly AppendAnswer<Failed>[]>
  readonly backup: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}

export type Started = { readonly file: string; readonly socketPath: string }

type Name = keyof WorkerCalls
type Question = { readonly id: number; readonly name: Name; readonly given: readonly unknown[] }
export type Failed = { readonly code: StoreFailure; readonly message: string }
/** id 0 is the start itself. `loud`: a line for the log. */
export type FromWorker =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: Failed }
  | { readonly loud: string }

export type Call = <Called extends Name>(
  name: Called,
  ...given: Parameters<WorkerCalls[Called]>
) => ReturnType<WorkerCalls[Called]>

/** The asking side. Every open question, and every later one, rejects once the worker is gone. */
export function callsTo(
  worker: Worker,
  loud: (line: string) => void,
): { readonly call: Call; readonly started: Promise<void>; readonly fail: (error: StoreError) => void } {
  const open = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >()
  let lastId = 0
  let gone: StoreError | undefined
  worker.on('message', (message: FromWorker) => {
    if ('loud' in message) return loud(message.loud)
    const question = open.get(message.id)
    open.delete(message.id)
    if ('failed' in message) question?.reject(new StoreError(message.failed.code, message.failed.message))
    else question?.resolve(message.value)
  })
  const answerTo = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (gone === undefined) open.set(id, { resolve, reject })
      else reject(gone)
    })
  const call = (name: Name, ...given: readonly unknown[]): Promise<unknown> => {
    lastId += 1
    const answer = answerTo(lastId)
    worker.postMessage({ id: lastId, name, given } satisfies Question)
    return answer
  }
  return {
    call: call as Call,
    started: answerTo(0).then(() => undefined),
    fail: (error) => {
      gone ??= error
      for (const { reject } of open.values()) reject(gone)
      open.clear()
    },
  }
}

/** The answering side, within the worker. */
export function answerCalls(port: MessagePort, calls: WorkerCalls): void {
  const post = (message: FromWorker): void => port.postMessage(message)
  port.on('message', ({ id, name, given }: Question) => {
    // Started at once: entries of one turn share a commit with each other and with the records.
    const answer = (calls[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given)
    answer.then(
      (value) => post({ id, value }),
      (error: unknown) => post({ id, failed: asFailed(error) }),
    )
  })
}

export function asFailed(error: unknown): Failed {
  if (error instanceof StoreError) return { code: error.code, message: error.message }
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) }
}
