/** Rules of the official package: what pdftotext and an unzipped DOCX say, with random figures and names put in and read back. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { RecommendationClause, TextClause } from '../../../shared/drafting/canonical.ts'
import { codesOf } from '../../../shared/drafting/clause-codes.ts'
import { newClauseId } from '../../../shared/drafting/clause-ids.ts'
import { thaiDigits } from '../../../shared/thai/digits.ts'
import { levelTones } from '../../../server/office/level-tones.ts'
import { officialText } from '../../../server/office/official-text.ts'
import { NO_MEMO } from '../../../shared/review/memo.ts'
import { packageOf } from '../../../server/office/package.ts'
import type { PackageInput } from '../../../server/office/package-input.ts'
import { createOfficeExports } from '../../../server/workers/office-exports.ts'
import { POSITION, sampleInput, SIGNER } from './sample-package.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e9)
/** A small generator: the same seed gives the same document. */
const random = (() => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
})()
const run = (text: string) => [{ text }]
const figure = 1000 + random(98_000)
const place = `หมู่บ้านทดสอบ${thaiDigits(random(1000))}`
const text: TextClause = {
  id: newClauseId(),
  kind: 'text',
  level: 0,
  runs: [{ text: `${place} ใช้เงิน ${figure.toLocaleString('en-US')} บาท ตามระบบ G5 ไฟล์ a1@example.go.th` }],
}
const measure: RecommendationClause = {
  id: newClauseId(),
  kind: 'recommendation',
  fields: {
    measure: run(`ให้ตั้งศูนย์ ${place}`),
    lead: run('อปท.'),
    support: [],
    budget: [],
    source: run('ข้อบัญญัติ'),
    timeframe: run('ภายใน 3 ปี'),
    kpi: run('ร้อยละ 80'),
    lgoNote: [],
  },
  levelOf: 'lgo',
  instrument: 'project',
  priority: 'high',
  amount: figure,
  unit: 'บาท/แห่ง',
  lgoTypes: ['sao'],
}

describe(`the official package (SEED=${seed})`, function () {
  this.timeout(120_000)
  const input: PackageInput = sampleInput({ text: [text], measures: [measure] })
  const model = packageOf(input)
  const codes = codesOf(input.version.content)
  const dir = mkdtempSync(join(tmpdir(), 'rangruam-office-'))
  let pdf = ''
  let pages = 0
  let xml = ''
  let parts: Record<string, Uint8Array> = {}
  before(async () => {
    const exports = createOfficeExports()
    const made = await exports.make({ format: 'pdf', model })
    pages = made.pages ?? 0
    writeFileSync(join(dir, 'p.pdf'), made.bytes)
    pdf = execFileSync('pdftotext', ['-layout', join(dir, 'p.pdf'), '-'], { encoding: 'utf8', maxBuffer: 1e8 })
    parts = unzipSync((await exports.make({ format: 'docx', model })).bytes)
    xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array())
  })
  after(() => rmSync(dir, { recursive: true, force: true }))
  const docxText = () =>
    xml
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '')
      .replace(/&amp;/g, '&')

  it('[OF1] digits are Thai everywhere but in words of Latin letters, codes and addresses', () => {
    assert.equal(officialText('ปี 2562  งบ 1,500.50 บาท'), 'ปี ๒๕๖๒ งบ ๑,๕๐๐.๕๐ บาท')
    assert.equal(officialText('ระบบ G5 a1@example.go.th'), 'ระบบ G5 a1@example.go.th')
    const arabic = docxText().match(/[^\s]*[0-9][^\s]*/g) ?? []
    for (const word of arabic) assert.match(word, /[A-Za-z]|^[0-9a-f]{4}$/, word)
  })

  it('[OF2] the memo has its five parts in order, the day and number blank, dates in the Buddhist Era', () => {
    const memo = docxText()
    let at = -1
    for (const part of [
      'เรียน',
      '๑. เรื่องเดิม',
      '๒. ข้อเท็จจริง',
      '๓. ข้อกฎหมาย',
      '๔. ข้อพิจารณา',
      '๕. ข้อเสนอ',
      'จึงเรียนมาเพื่อโปรดพิจารณา',
    ]) {
      const found = memo.indexOf(part, at + 1)
      assert.ok(found > at, part)
      at = found
    }
    assert.ok(memo.includes('ระหว่างวันที่ ๒๗ กุมภาพันธ์ ๒๕๖๒ – ๑ มีนาคม ๒๕๖๒'))
    assert.ok(memo.includes('๑๘ มีนาคม ๒๕๖๒'))
    assert.match(model.memo.date, /^\s+มีนาคม ๒๕๖๒$/)
    for (const word of ['ลงชื่อ', 'อ้างถึง', 'สิ่งที่ส่งมาด้วย']) assert.ok(!JSON.stringify(model.memo).includes(word))
  })

  it('[OF13] agency, number, addressee and signer that the workshop keeps stand in the memo; empty ones have their default', () => {
    const { memo } = packageOf({
      ...input,
      memo: {
        ...NO_MEMO,
        agency: 'กองตัวอย่าง',
        contact: 'โทร. 1234',
        prefix: 'พม 0300/',
        to: 'ปลัดกระทรวง',
        signer: `นาง${place}`,
        position: 'ผอ.กอง 5',
      },
    })
    assert.deepEqual(memo.agency, ['กองตัวอย่าง', 'โทร. ๑๒๓๔'])
    assert.deepEqual(
      [memo.number, memo.to, memo.signer, memo.position],
      ['พม ๐๓๐๐/', 'ปลัดกระทรวง', `(นาง${place})`, 'ผอ.กอง ๕'],
    )
    const blank = packageOf({ ...input, memo: NO_MEMO }).memo
    assert.deepEqual(blank.agency, [input.workshop.department])
    assert.equal(blank.to, `อธิบดี${input.workshop.department}`)
    assert.match(blank.signer, /^\( +\)$/)
  })

  it('[OF13] what the memo says is read back from DOCX and PDF', () => {
    for (const said of [docxText(), pdf]) {
      for (const words of ['กองพัฒนาระบบสวัสดิการสังคม', 'saraban@example.go.th', 'พม ๐๓๐๐/', `(${SIGNER})`, POSITION])
        assert.ok(said.includes(words), words)
    }
  })

  it('[OF3] random words and figures put into the version are read back from the DOCX', () => {
    const body = docxText()
    const baht = thaiDigits(figure.toLocaleString('en-US'))
    assert.ok(body.includes(`${place} ใช้เงิน ${baht} บาท ตามระบบ G5 ไฟล์ a1@example.go.th`))
    assert.ok(body.includes(`ให้ตั้งศูนย์ ${place}`))
    assert.ok(body.includes(`${baht} บาท/แห่ง (ข้อบัญญัติ)`))
  })

  it('[OF4] pdftotext reads every clause code of the proposal and the random figure', () => {
    for (const section of input.version.content.sections) {
      if (section.id === 'title') continue
      for (const clause of section.clauses) {
        const code = codes.get(clause.id)
        if (code !== undefined) assert.ok(pdf.includes(thaiDigits(code)), code)
      }
    }
    assert.ok(pdf.includes(thaiDigits(figure.toLocaleString('en-US'))))
    for (const group of input.groups) assert.ok(pdf.includes(`ก${thaiDigits(group.number)}-`))
  })

  it('[OF11] pdftotext reads every clause of the ledger letter by letter, tones over vowels too', () => {
    const raw = execFileSync('pdftotext', ['-raw', join(dir, 'p.pdf'), '-'], { encoding: 'utf8', maxBuffer: 1e8 })
    const letters = (words: string): string => words.replace(/\s/g, '')
    const all = letters(raw)
    const missed = input.ledger.filter((row) => !all.includes(letters(officialText(row.text))))
    assert.deepEqual(
      missed.map((row) => row.text),
      [],
    )
    for (const face of ['400Regular', '700Bold']) {
      const font = readFileSync(`node_modules/@expo-google-fonts/sarabun/${face}/Sarabun_${face}.ttf`)
      const { bytes, moved } = levelTones(font)
      assert.ok(moved >= 10)
      assert.equal(bytes.length, font.length)
    }
  })

  it('[OF12] the words that go over stand at the foot of the memo as the next page begins', () => {
    const sheets = pdf.split('\f')
    const ends = sheets.flatMap((page, at) => {
      const words = /\/(.+?) \.\.\.\s*$/.exec(page.trimEnd())?.[1]
      return words === undefined ? [] : [{ words, next: sheets[at + 1] ?? '' }]
    })
    assert.equal(ends.length, 1)
    for (const { words, next } of ends) {
      const [, first = ''] = next.split('\n').filter((line) => line.trim() !== '')
      assert.ok(first.replace(/\s+/g, ' ').trim().startsWith(words), `${words} | ${first}`)
    }
  })

  it('[OF5] A4, a landscape table and ledger, fonts embedded, tagged, Thai digits on the pages', () => {
    const info = execFileSync('pdfinfo', ['-l', '999', join(dir, 'p.pdf')], { encoding: 'utf8' })
    assert.match(info, /Tagged:\s+yes/)
    assert.equal(Number(/Pages:\s+(\d+)/.exec(info)?.[1]), pages)
    const sizes = [...info.matchAll(/Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)/g)].map(([, w, h]) => Number(w) > Number(h))
    assert.equal(sizes[0], false)
    assert.ok(sizes.includes(true) && sizes.at(-1) === true)
    const fonts = execFileSync('pdffonts', [join(dir, 'p.pdf')], { encoding: 'utf8' })
    for (const line of fonts.trim().split('\n').slice(2)) assert.match(line, /Sarabun.*yes\s+yes/)
    assert.match(pdf, /-\s?๒\s?-/)
  })

  it('[OF6] the summary is one page, and every measure stands in the table and in the proposal', () => {
    const [before = ''] = pdf.split('บทสรุปผู้บริหาร')
    const start = before.split('\f').length
    const table = pdf.split('\f').findIndex((page) => page.includes('ตารางข้อเสนอ')) + 1
    assert.equal(table - start, 1)
    const measures = input.version.content.sections.flatMap(({ clauses }) =>
      clauses.filter((c) => c.kind === 'recommendation'),
    )
    assert.equal(model.table.rows.length, measures.length)
    assert.equal((docxText().match(/มาตรการที่ [๐-๙]+ \(ข้อ/g) ?? []).length, measures.length)
  })

  it('[OF7] the ledger has a row for every clause that was handed in, with its decision and reason', () => {
    const rows = model.ledger.groups.flatMap((group) => group.rows)
    assert.equal(rows.length, input.ledger.length)
    for (const [at, row] of rows.entries()) {
      const from = input.ledger[at]
      assert.equal(row[0], `ก${thaiDigits(from?.group ?? 0)}-${thaiDigits(from?.code ?? '')}`)
      if (from?.kind === 'decline') assert.notEqual(row[4], '')
    }
  })

  it('[OF8] DOCX: TH SarabunPSK 16 pt for every script, thaiDistribute, Thai page numbers, headings, a bookmark a clause', () => {
    const styles = strFromU8(parts['word/styles.xml'] ?? new Uint8Array())
    assert.match(styles, /w:cs="TH SarabunPSK"/)
    assert.match(styles, /<w:sz w:val="32"\/><w:szCs w:val="32"\/>/)
    for (const level of [1, 2, 3]) assert.ok(xml.includes(`<w:pStyle w:val="Heading${level}"/>`))
    assert.ok(xml.includes('w:jc w:val="thaiDistribute"'))
    assert.equal((xml.match(/w:fmt="thaiNumbers"/g) ?? []).length, 5)
    assert.equal((xml.match(/<w:footnotePr><w:numFmt w:val="thaiNumbers"\/>/g) ?? []).length, 5)
    assert.match(strFromU8(parts['word/fontTable.xml'] ?? new Uint8Array()), /altName w:val="TH Sarabun New,/)
    const bookmarks = new Set([...xml.matchAll(/<w:bookmarkStart w:name="(rr_[0-9_]+)"/g)].map(([, name]) => name))
    const clauses = model.proposal.sections.flatMap(({ blocks }) => blocks).filter(({ k }) => k !== 'table')
    assert.equal(bookmarks.size, clauses.length)
    const names = strFromU8(parts['docProps/core.xml'] ?? new Uint8Array())
    assert.ok(names.includes(model.title))
  })

  it('[OF9] a draft says so at its head, an approved version who approved it and that it is no signed letter', () => {
    assert.ok(
      docxText().includes('(ร่าง)') || strFromU8(parts['word/header1.xml'] ?? new Uint8Array()).includes('(ร่าง)'),
    )
    assert.match(pdf, /\(ร่าง\)/)
    const approved = packageOf({ ...input, approval: { verb: 'เห็นชอบ', by: 'นางสมศรี', at: Date.UTC(2019, 2, 20, 3) } })
    assert.ok(!JSON.stringify(approved).includes('(ร่าง)'))
    assert.match(approved.approval, /เห็นชอบ.*นางสมศรี.*๒๐ มีนาคม ๒๕๖๒.*มิใช่การลงนามหนังสือ/)
  })

  it('[OF10] text of people is data: markup of the template, XML and very long words come out as they were written', async () => {
    const nasty = '#import "x" $x^2$ <b> & ] } \\ ` "คำ" */ // @ref #let'
    const clause: TextClause = { ...text, id: newClauseId(), runs: [{ text: `${nasty} ${'ก'.repeat(4000)}` }] }
    const odd = packageOf(sampleInput({ text: [clause] }))
    const exports = createOfficeExports()
    const docx = unzipSync((await exports.make({ format: 'docx', model: odd })).bytes)
    const written = strFromU8(docx['word/document.xml'] ?? new Uint8Array())
    assert.ok(written.includes('#import') && written.includes('&lt;b&gt; &amp;'))
    const made = await exports.make({ format: 'pdf', model: odd })
    assert.ok(made.pages !== null && made.pages > 5)
  })
})
