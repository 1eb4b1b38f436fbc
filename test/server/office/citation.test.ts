/** One citation of a law all the way: from what a group handed in, through the merge and a frozen version, to DOCX and PDF. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { Clause, DraftContent, Inline } from '../../../shared/drafting/canonical.ts'
import { inlinesOf } from '../../../shared/merging/sources.ts'
import { lawName } from '../../../shared/thai/laws.ts'
import { officialText } from '../../../server/office/official-text.ts'
import { packageOf } from '../../../server/office/package.ts'
import { createOfficeExports } from '../../../server/workers/office-exports.ts'
import { content, id, rec } from '../../shared/merging/builders.ts'
import { openMergingBench, viewer, WORKSHOP } from '../merging/merging-bench.ts'
import { sampleInput } from './sample-package.ts'

const editor = viewer('editor')
const DECENTRALISATION = 'decentral-2542:16(10)'
const CHILD = 'child-2546:24'
const paragraph = (name: string, runs: readonly Inline[]): Clause => ({ id: id(name), kind: 'text', level: 0, runs })
const cited = (name: string, cite: string): Clause =>
  paragraph(name, [{ text: 'อาศัยอำนาจตาม ' }, { cite }, { text: ' ท้องถิ่นจัดสวัสดิการได้' }])

describe('a citation of a law', function () {
  this.timeout(120_000)
  const dir = mkdtempSync(join(tmpdir(), 'rangruam-citation-'))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('[OF14] is in the frozen text once and in its place, adopted or reworded, and DOCX and PDF print its name', async () => {
    const bench = await openMergingBench()
    let frozen: DraftContent
    try {
      const measure = rec('c', { measure: 'ตั้งศูนย์รับแจ้ง' })
      const runs = [{ text: 'คุ้มครองเด็กตาม ' }, { cite: CHILD }, { text: ' ทุกตำบล' }]
      bench.submit(
        1,
        content({
          legal_basis: [cited('a', DECENTRALISATION)],
          recommendations: [{ ...measure, fields: { ...measure.fields, measure: runs } }],
        }),
      )
      bench.submit(2, content({ legal_basis: [cited('b', DECENTRALISATION)], background: [cited('d', CHILD)] }))
      const of = (group: number, clause: string) => ({ submission: `s${group}x1`, clause })
      const decide = (clauses: ReturnType<typeof of>[], text?: string): Promise<unknown> =>
        bench.merging.decide(editor, WORKSHOP, {
          clauses,
          kind: text === undefined ? 'adopt' : clauses.length > 1 ? 'combine' : 'edit',
          reason: 'ตามกฎหมาย',
          text,
        })
      await decide([of(2, 'd')])
      await decide([of(1, 'a'), of(2, 'b')], `ตาม ${lawName(DECENTRALISATION)} ท้องถิ่นมีหน้าที่จัดสวัสดิการ`)
      await decide([of(1, 'c')], `ให้คุ้มครองเด็กตาม ${lawName(CHILD)} ครบทุกตำบล`)
      const { id: version } = await bench.versions.freeze(editor, WORKSHOP, { title: 'ข้อเสนอ' })
      frozen = (await bench.versions.find(version as never))!.content
    } finally {
      await bench.close()
    }
    const inlines = (section: string): readonly Inline[] =>
      frozen.sections.find((one) => one.id === section)?.clauses.flatMap(inlinesOf) ?? []
    const shape = (section: string): string =>
      inlines(section)
        .map((run) => ('cite' in run ? `[${run.cite}]` : run.text))
        .join('')
    assert.equal(shape('background'), `อาศัยอำนาจตาม [${CHILD}] ท้องถิ่นจัดสวัสดิการได้`)
    assert.equal(shape('legal_basis'), `ตาม [${DECENTRALISATION}] ท้องถิ่นมีหน้าที่จัดสวัสดิการ`)
    assert.equal(shape('recommendations'), `ให้คุ้มครองเด็กตาม [${CHILD}] ครบทุกตำบล`)

    const sample = sampleInput()
    const model = packageOf({ ...sample, version: { ...sample.version, content: frozen }, ledger: [], lawName })
    const exports = createOfficeExports()
    const { bytes } = await exports.make({ format: 'docx', model })
    const docx = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '')
    writeFileSync(join(dir, 'p.pdf'), (await exports.make({ format: 'pdf', model })).bytes)
    const pdf = execFileSync('pdftotext', [join(dir, 'p.pdf'), '-'], { encoding: 'utf8' })
    for (const [kind, text] of [
      ['docx', docx],
      ['pdf', pdf],
    ] as const)
      for (const [before, cite, after] of [
        ['อาศัยอำนาจตาม ', CHILD, ' ท้องถิ่นจัดสวัสดิการได้'],
        ['ตาม ', DECENTRALISATION, ' ท้องถิ่นมีหน้าที่จัดสวัสดิการ'],
        ['ให้คุ้มครองเด็กตาม ', CHILD, ' ครบทุกตำบล'],
      ] as const) {
        const words = officialText(before + lawName(cite) + after)
        assert.ok(bare(text).includes(bare(words)), `${kind}: ${words}`)
      }
  })
})

/** Lines are broken where there is room, and the PDF's text says so by spaces and line ends. */
const bare = (text: string): string => text.replaceAll(/\s/g, '')
