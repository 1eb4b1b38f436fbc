/** Starts the embedded store: its folder, its socket and its worker thread. */
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { startWorkerBeside } from '../../worker-beside.ts'
import { StoreError } from '../store-error.ts'
import { callsTo, type Call, type Started } from './calls.ts'

/** The file of a data folder that holds everything. */
export const STORE_FILE = 'rangruam.sqlite'

export type Embedded = {
  /** For mongoose. */
  readonly uri: string
  readonly call: Call
  /** The thread: for tests that end it. */
  readonly worker: Worker
  readonly close: () => Promise<void>
}

export type EmbeddedOptions = {
  readonly dataDir: string
  /** Damage and engine failures, for the log. */
  readonly loud: (line: string) => void
  /** The worker ended by itself: nothing can be kept any more, so the process must not go on. */
  readonly fatal: (error: StoreError) => void
}

/** Throws StoreError locked, unwritable, damaged, newer or failed, each with one clear line. */
export async function startEmbedded({ dataDir, loud, fatal }: EmbeddedOptions): Promise<Embedded> {
  if (process.platform === 'win32')
    throw new StoreError('failed', 'the embedded store was not tried on Windows: set MONGODB_URI')
  prepareFolder(dataDir)
  const { socketPath, own, remove } = socketIn(dataDir, 'store.sock')
  const worker = startWorkerBeside(import.meta.url, 'worker', {
    workerData: { file: join(dataDir, STORE_FILE), socketPath } satisfies Started,
  })
  const { call, started, fail } = callsTo(worker, loud)
  let expected = true
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const died = (error: StoreError): void => {
    fail(error)
    if (!expected) fatal(error)
    expected = true
  }
  worker.on('error', (error) =>
    died(new StoreError('failed', `the store ended: ${error instanceof Error ? error.message : String(error)}`)),
  )
  worker.on('exit', (code) => died(new StoreError('failed', `the store ended by itself (code ${code})`)))
  try {
    await started
  } catch (error) {
    await worker.terminate()
    // In the folder it is the socket of the process that has the lock.
    if (own) remove()
    throw error
  }
  expected = false
  return {
    uri: `mongodb://${encodeURIComponent(socketPath)}/rangruam`,
    call,
    worker,
    close: async () => {
      if (expected) return
      expected = true
      await call('close')
      await ended
      remove()
    },
  }
}

/** Makes the folder for this user alone. Throws StoreError unwritable. */
export function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    chmodSync(dataDir, 0o700)
  } catch (error) {
    throw new StoreError(
      'unwritable',
      `the data folder ${dataDir} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    )
  }
}

/**
 * A socket's place: in the folder, or, since a path over 107 bytes is cut silently and lands elsewhere, in a fresh folder of the
 * temporary directory that only this user may enter.
 */
export function socketIn(
  dataDir: string,
  name: string,
): { readonly socketPath: string; readonly own: boolean; readonly remove: () => void } {
  const within = join(dataDir, name)
  const short = Buffer.byteLength(within) <= 100
  const socketPath = short ? within : join(mkdtempSync(join(tmpdir(), 'rangruam-')), name)
  return {
    socketPath,
    own: !short,
    remove: () => rmSync(short ? within : dirname(socketPath), { force: true, recursive: !short }),
  }
}
