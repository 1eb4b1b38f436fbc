/** Entries that a store did not take before its process ended, in a file of the data folder: written at the end, read at the next start. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { DraftId, PersonId } from '../../shared/ids.ts'
import { ENTRY_KINDS, type NewEntry } from './journal.ts'

const NAME = /^unsaved-[\w-]+\.edits$/
/** How a file begins: what it is, and the version of its form. */
const HEAD = Buffer.from('rangruam unsaved edits 1\n')
/** Before each entry stand its length and its CRC-32, both as 32 bits, little end first. */
const FRAME = 8
const NEWLINE = 10

const about = z.object({
  draft: z.string().transform((id) => id as DraftId),
  generation: z.int().min(0),
  kind: z.enum(ENTRY_KINDS),
  by: z.string().transform((id) => id as PersonId | 'server'),
  at: z.number(),
})

export type Spooled = {
  readonly entries: readonly NewEntry[]
  /** How many bytes from the first one on that is not as it was written. */
  readonly unreadable: number
}

/**
 * Writes entries into a new file of the folder, for this user alone, and syncs both. Returns the file. Throws the disk's error: what it took
 * until then may be left, and is read as far as it is whole.
 */
export function writeSpool(folder: string, entries: readonly NewEntry[], now = new Date()): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `unsaved-${now.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.edits`)
  const opened = openSync(file, 'wx', 0o600)
  try {
    writeFileSync(opened, packSpool(entries))
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
  // Windows has no such thing.
  if (process.platform === 'win32') return file
  const parent = openSync(folder, 'r')
  try {
    fsyncSync(parent)
  } finally {
    closeSync(parent)
  }
  return file
}

/** The files that wait in a folder, oldest first. */
export function spoolsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(folder, name))
}

export const readSpool = (file: string): Spooled => unpackSpool(readFileSync(file))

export const removeSpool = (file: string): void => rmSync(file)

/** The next start leaves it alone. Returns its new name. */
export function putAside(file: string): string {
  const aside = `${file}.aside`
  renameSync(file, aside)
  return aside
}

export function packSpool(entries: readonly NewEntry[]): Buffer {
  const parts: Uint8Array[] = [HEAD]
  for (const { bytes, ...said } of entries) {
    const line = Buffer.from(`${JSON.stringify(said)}\n`)
    const frame = Buffer.alloc(FRAME)
    frame.writeUInt32LE(line.length + bytes.length, 0)
    frame.writeUInt32LE(sumOf([line, bytes]), 4)
    parts.push(frame, line, bytes)
  }
  return Buffer.concat(parts)
}

/** Reads up to the first entry that is torn or damaged: behind it no length can be trusted. */
export function unpackSpool(file: Buffer): Spooled {
  const entries: NewEntry[] = []
  if (!file.subarray(0, HEAD.length).equals(HEAD)) return { entries, unreadable: file.length }
  let at = HEAD.length
  while (at + FRAME <= file.length) {
    const from = at + FRAME
    const end = from + file.readUInt32LE(at)
    const body = file.subarray(from, end)
    if (end > file.length || sumOf([body]) !== file.readUInt32LE(at + 4)) break
    const entry = entryIn(body)
    if (entry === null) break
    entries.push(entry)
    at = end
  }
  return { entries, unreadable: file.length - at }
}

function entryIn(body: Buffer): NewEntry | null {
  const line = body.indexOf(NEWLINE)
  if (line < 0) return null
  const said = about.safeParse(JSON.parse(body.toString('utf8', 0, line)))
  return said.success ? { ...said.data, bytes: new Uint8Array(body.subarray(line + 1)) } : null
}

/** An empty view is left out: Node's crc32 does not always give the sum so far for it. */
const sumOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => (part.length === 0 ? sum : crc32(part, sum)), 0)
