/** The store's worker thread: owns the SQLite file, serves MongoDB's protocol on a socket and the journal on its port. */
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { createEntryTable } from '../../journal/entry-table.ts'
import { unpackAppends } from '../../journal/gathered-appends.ts'
import { answerCalls, asFailed, type FromWorker, type Started } from './calls.ts'
import { createCommands } from './commands.ts'
import { createDocuments } from './documents.ts'
import { openKv } from './kv.ts'
import { listen } from './wire.ts'
import { createWriter } from './writer.ts'

async function run(port: NonNullable<typeof parentPort>, { file, socketPath }: Started): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message)
  const loud = (error: unknown): void => post({ loud: error instanceof Error ? error.message : String(error) })
  try {
    const kv = openKv(file)
    const documents = createDocuments(kv)
    const writer = createWriter(kv, () => documents.catalog.load(), loud)
    // The file's lock is ours: a socket that stands there was left by a process that died.
    rmSync(socketPath, { force: true })
    const entries = createEntryTable(kv, writer)
    const wire = await listen(socketPath, createCommands(documents, writer, loud))
    answerCalls(port, {
      ...entries,
      // Each is a job of its own in the one commit of this turn: an append that is refused leaves the others.
      appendAll: (packed) =>
        Promise.all(
          unpackAppends(packed).map((one) =>
            entries
              .append(one.after, one.entries)
              .catch((error: unknown) => ({ kind: 'failed' as const, failed: asFailed(error) })),
          ),
        ),
      backup: (target) => kv.backup(target),
      close: async () => {
        wire.close()
        // Whatever was asked before is committed in this turn; afterwards nothing reads the port.
        await new Promise((resolve) => setImmediate(resolve))
        kv.close()
        setImmediate(() => process.exit(0))
      },
    })
    post({ id: 0, value: null })
  } catch (error) {
    post({ id: 0, failed: asFailed(error) })
    port.close()
  }
}

if (parentPort !== null) await run(parentPort, workerData as Started)
