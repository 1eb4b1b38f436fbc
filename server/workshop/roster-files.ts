/** Opens a roster file: CSV in UTF-8 or cp874, or XLSX; gives rows of text, and refuses what is too large when unpacked. */
import { unzipSync, zipSync, type Unzipped } from 'fflate'
import Papa from 'papaparse'
import { readSheet } from 'read-excel-file/node'

/** Largest file taken: a roster of 10,000 rows is about 1 MB. */
export const ROSTER_BYTES = 5 * 1024 * 1024
/** Largest an XLSX may become when unpacked: a hostile one unpacks to a thousand times its size. */
const UNPACKED_BYTES = 24 * 1024 * 1024
const UNPACKED_PARTS = 400
export const ROSTER_ROWS = 10_000

export type RosterFile =
  | {
      readonly kind: 'rows'
      readonly rows: readonly (readonly string[])[]
      readonly form: 'csv' | 'csv-cp874' | 'xlsx'
    }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unreadable' }

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Reads a file's bytes; what it is is told from its content, never from its name. */
export async function readRosterFile(bytes: Uint8Array): Promise<RosterFile> {
  if (bytes.length > ROSTER_BYTES) return { kind: 'too-large' }
  if (bytes.length === 0) return { kind: 'unreadable' }
  return isZip(bytes) ? readXlsx(bytes) : readCsv(bytes)
}

function readCsv(bytes: Uint8Array): RosterFile {
  // The old Excel formats (.xls) begin with this; there is no text in them to read.
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { kind: 'unreadable' }
  const { text, form } = decode(bytes)
  if (text.includes('\u0000')) return { kind: 'unreadable' }
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: false, delimitersToGuess: [',', ';', '\t', '|'] })
  // The line break that ends the file is no row.
  const last = data.at(-1)
  const rows = last?.length === 1 && last[0] === '' ? data.slice(0, -1) : data
  return rows.length > ROSTER_ROWS ? { kind: 'too-large' } : { kind: 'rows', rows, form }
}

/** UTF-8 where every byte fits it, UTF-16 by its mark, else cp874, as Excel on Thai Windows saves. */
function decode(bytes: Uint8Array): { readonly text: string; readonly form: 'csv' | 'csv-cp874' } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), form: 'csv' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), form: 'csv' }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { text: new TextDecoder('windows-874').decode(bytes), form: 'csv-cp874' }
  }
}

async function readXlsx(bytes: Uint8Array): Promise<RosterFile> {
  const parts = unpack(bytes)
  if (parts === 'too-large') return { kind: 'too-large' }
  if (parts === 'unreadable') return { kind: 'unreadable' }
  // Packed again by us: the reader opens only parts whose size has been measured, whatever the file claimed.
  const safe = zipSync(parts, { level: 0 })
  const sheet = await readSheet(Buffer.from(safe)).catch(() => null)
  if (sheet === null) return { kind: 'unreadable' }
  if (sheet.length > ROSTER_ROWS) return { kind: 'too-large' }
  return { kind: 'rows', rows: sheet.map((row) => row.map(cellText)), form: 'xlsx' }
}

function unpack(bytes: Uint8Array): Unzipped | 'too-large' | 'unreadable' {
  let total = 0
  let count = 0
  try {
    // fflate writes each part into a buffer of the size it claims and no further, so the sum bounds the memory.
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize
        count += 1
        return total <= UNPACKED_BYTES && count <= UNPACKED_PARTS && /\.(xml|rels)$/i.test(name)
      },
    })
    return total > UNPACKED_BYTES || count > UNPACKED_PARTS ? 'too-large' : parts
  } catch {
    return 'unreadable'
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  return String(value)
}
