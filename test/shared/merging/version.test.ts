/** Rules of versions: what the hash is of, and numbers. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  nextNumber,
  shortHash,
  VERSION_FORMAT,
  versionHashInput,
  type VersionBody,
} from '../../../shared/merging/version.ts'
import { content, text } from './builders.ts'

const body: VersionBody = {
  format: VERSION_FORMAT,
  content: content({ title: [text('a', 'ข้อเสนอ')] }),
  parents: ['b', 'a'],
  title: 'ข้อเสนอ',
  authors: ['p2', 'p1'],
  at: '2019-03-05T03:00:00.000Z',
}
const hash = (of: VersionBody): string => createHash('sha256').update(versionHashInput(of)).digest('hex')

describe('version', () => {
  it('[ME40] the hash is SHA-256 of canonical JSON, whatever the order of keys and parents', () => {
    const { at, authors, title, parents, content: words, format } = body
    assert.equal(
      hash({ at, authors: [...authors].reverse(), title, parents: [...parents].reverse(), content: words, format }),
      hash(body),
    )
    assert.match(versionHashInput(body), /^\{"at":"2019-03-05T03:00:00.000Z","authors":\["p1","p2"\],"content":/)
    // Computed once with Python's json and hashlib: the form must never change.
    assert.equal(hash(body), 'be138e5ba2176726f7bae45ae6e59ab5a563f7b826d24b133ecf9f590af560f6')
  })
  it('[ME40] any change of a letter, parent, title, author or moment changes the hash', () => {
    const others: VersionBody[] = [
      { ...body, content: content({ title: [text('a', 'ข้อเสนอ ')] }) },
      { ...body, parents: ['a'] },
      { ...body, title: 'อื่น' },
      { ...body, authors: ['p1'] },
      { ...body, at: '2019-03-05T03:00:00.001Z' },
    ]
    assert.equal(new Set([body, ...others].map(hash)).size, 6)
  })
  it('[ME41] numbers: 0.1, 0.2 …; after 1.0 comes 1.1', () => {
    assert.deepEqual(
      [nextNumber(null), nextNumber('0.1'), nextNumber('0.9'), nextNumber('1.0')],
      ['0.1', '0.2', '0.10', '1.1'],
    )
    assert.equal(shortHash('a3f927c1ff'), 'a3f9 27c1')
  })
})
