/** What the fault tests do to a store: kill it under load, break its file, speak nonsense to it. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { serialize } from 'bson'
import { checkAll } from '../../server/store/embedded/check.ts'
import { openKv } from '../../server/store/embedded/kv.ts'
import { randomOf } from '../../shared/random.ts'
import { openInside } from './store-values.ts'

/** Whole numbers below a bound, the same ones for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  const next = randomOf(seed)
  return (below) => Math.floor(next() * below)
}

/** Runs the loaded child, kills it once it has acknowledged `count` writes, and returns all that it had said was kept. */
export async function killedUnderLoad(dataDir: string, count: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/store-process.ts'], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const ended = new Promise((resolve) => child.once('close', resolve))
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (lines.length === count) resolve()
    })
  })
  child.kill('SIGKILL')
  await ended
  // A last line that was cut in the pipe says nothing.
  return lines.filter((line) => /^(record \S+-\d+-\d+|entry \S+ \d+)$/.test(line)).slice(0, -1)
}

export function madeFile(folder: string): { file: string; truth: Map<string, string> } {
  const { kv, documents, file, close } = openInside()
  const truth = new Map<string, string>()
  kv.transaction(() => {
    const collection = documents.catalog.ensure('db', 'c')
    documents.addIndex(collection, { name: 'n', key: [['n', 1]], unique: false })
    for (let n = 0; n < 300; n += 1) documents.insert(collection, { _id: `id-${n}`, n, pad: `ข้อ ${n} `.repeat(40) })
    for (const { key, value } of documents
      .find(collection, {})
      .map((row) => ({ key: row.key.toString('hex'), value: row.value.toString('hex') })))
      truth.set(key, value)
  })
  kv.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const copy = join(folder, 'made.sqlite')
  copyFileSync(file, copy)
  close()
  return { file: copy, truth }
}

/** Whether everything could be read; what could be read must be true. */
export function servesOnlyTruth(file: string, truth: ReadonlyMap<string, string>): boolean {
  try {
    const kv = openKv(file)
    try {
      for (const { key, value } of kv.scanDocs({ low: Buffer.alloc(0), high: Buffer.alloc(4, 0xff), reverse: false })) {
        assert.equal(value.toString('hex'), truth.get(key.toString('hex')))
      }
      checkAll(kv)
    } finally {
      kv.close()
    }
    return true
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    return false
  }
}

export function frame(command: object): Buffer {
  const body = serialize(command)
  const head = Buffer.alloc(21)
  head.writeInt32LE(21 + body.length, 0)
  head.writeInt32LE(2013, 12)
  return Buffer.concat([head, body])
}

/** Sends bytes and waits for an answer or the end. */
export function spoken(socketPath: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => socket.end(bytes))
    socket.once('error', () => resolve())
    socket.once('close', () => resolve())
    socket.resume()
  })
}
