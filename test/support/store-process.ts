/** A child process for the fault tests: opens the store in DATA_DIR, writes under load, and prints what was acknowledged. */
import { openStore } from '../../server/store/store.ts'
import type { DraftId } from '../../shared/ids.ts'

async function run(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir })
  const records = store.connection.collection<{ _id: string; n: number; pad: string }>('records')
  await records.createIndex({ n: 1 })
  console.log('open')
  const acknowledge = (line: string): void => void process.stdout.write(`${line}\n`)
  const inserting = async (writer: number): Promise<never> => {
    for (let n = 0; ; n += 1) {
      const _id = `${process.pid}-${writer}-${n}`
      await records.insertOne({ _id, n, pad: 'ก'.repeat(n % 50 === 0 ? 50_000 : 50) })
      acknowledge(`record ${_id}`)
    }
  }
  const appending = async (writer: number): Promise<never> => {
    const draft = `draft-${process.pid}-${writer}` as DraftId
    for (let seq = 0; ;) {
      const bytes = new TextEncoder().encode(`${draft} ${seq + 1}`)
      const outcome = await store.journal.append(seq, [
        { draft, generation: 1, kind: 'update', by: 'server', at: seq, bytes },
      ])
      seq = outcome.last
      acknowledge(`entry ${draft} ${seq}`)
    }
  }
  await Promise.all([
    ...Array.from({ length: 10 }, (_, writer) => inserting(writer)),
    ...Array.from({ length: 10 }, (_, writer) => appending(writer)),
  ])
}

const dataDir = process.env['DATA_DIR']
if (dataDir === undefined) throw new Error('DATA_DIR is needed')
run(dataDir).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
