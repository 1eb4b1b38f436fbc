/** The form of the file of unsaved entries: what is written is read again, and what is torn or damaged is told from what is whole. */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { ENTRY_KINDS, type NewEntry } from '../../../server/journal/journal.ts'
import { packSpool, putAside, readSpool, spoolsIn, unpackSpool, writeSpool } from '../../../server/journal/spool.ts'

const entry = fc.record(
  {
    draft: fc.string({ minLength: 1 }),
    generation: fc.nat(),
    kind: fc.constantFrom(...ENTRY_KINDS),
    by: fc.string(),
    at: fc.nat(),
    bytes: fc.uint8Array({ maxLength: 300 }),
  },
  { noNullPrototype: true },
) as unknown as fc.Arbitrary<NewEntry>
const entries = fc.array(entry, { maxLength: 6 })

describe('the file of unsaved entries', () => {
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'rangruam-spool-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('[SY62] what is written is read again, byte by byte', () => {
    fc.assert(
      fc.property(entries, (given) => {
        assert.deepEqual(unpackSpool(packSpool(given)), { entries: given, unreadable: 0 })
      }),
    )
  })

  it('[SY64] cut anywhere, or with any byte changed: what stands before is read, and the rest is counted', () => {
    fc.assert(
      fc.property(
        entries,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.boolean(),
        (given, where, isCut) => {
          const whole = packSpool(given)
          const at = Math.floor(where * whole.length)
          const file = Buffer.from(isCut ? whole.subarray(0, at) : whole)
          if (!isCut) file[at]! ^= 0x10
          const read = unpackSpool(file)
          assert.deepEqual(read.entries, given.slice(0, read.entries.length))
          const readable = read.entries.length === 0 && at < packSpool([]).length ? 0 : packSpool(read.entries).length
          assert.ok(readable <= at)
          assert.equal(read.unreadable, file.length - readable)
          // Everything that was whole before the damage is there.
          const next = given.slice(0, read.entries.length + 1)
          assert.ok(next.length === read.entries.length || packSpool(next).length > at)
        },
      ),
    )
  })

  it('[SY62] files are for this user alone, wait oldest first, and are left alone when put aside', () => {
    const first = writeSpool(folder, [], new Date(1))
    const second = writeSpool(folder, [], new Date(2))
    assert.throws(() => writeSpool(folder, [], new Date(1)), /EEXIST/)
    writeFileSync(join(folder, 'unsaved-words.txt'), '')
    assert.equal(statSync(first).mode & 0o777, 0o600)
    assert.deepEqual(spoolsIn(folder), [first, second])
    assert.deepEqual(spoolsIn(join(folder, 'none')), [])
    assert.equal(putAside(first), `${first}.aside`)
    assert.deepEqual(spoolsIn(folder), [second])
    assert.equal(readdirSync(folder).length, 3)
    writeFileSync(second, readFileSync(second).fill(0, 3, 4))
    assert.ok(readSpool(second).unreadable > 0)
  })
})
