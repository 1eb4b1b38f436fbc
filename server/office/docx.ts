/** Writes the package as DOCX for the office's own Word: memo, summary, table, proposal, ledger; runs in the office worker. */
import {
  AlignmentType,
  Document,
  HeadingLevel,
  LeaderType,
  LineRuleType,
  Packer,
  TabStopType,
  type Paragraph,
  type Table,
} from 'docx'
import {
  bookmarked,
  cell,
  cm,
  FONT,
  paragraph,
  run,
  runsOf,
  section,
  STYLES,
  table,
  thaiParagraph,
} from './docx-parts.ts'
import { mended } from './docx-mend.ts'
import type { Block, MeasureBlock, PackageModel } from './document-model.ts'

const SHADE = 'E8E8E8'
const PALE = 'F3F3F3'
/** Text width of a portrait page: 16 cm. */
const RIGHT = 9072
const LONG_VALUE = 60

function memo(model: PackageModel): Paragraph[] {
  const { memo: m } = model
  const leader = (
    children: Paragraph[] | ReturnType<typeof run>[],
    stops: { type: 'left' | 'right'; position: number; leader: 'dot' }[],
  ) =>
    paragraph({
      style: 'memoHead',
      tabStops: stops.map(({ type, position }) => ({
        type: type === 'left' ? TabStopType.LEFT : TabStopType.RIGHT,
        position,
        leader: LeaderType.DOT,
      })),
      children: children as ReturnType<typeof run>[],
    })
  const label = (text: string) => run(`${text} `, { bold: true, size: 20 })
  const end = { type: 'right', position: RIGHT, leader: 'dot' } as const
  const centre = { alignment: AlignmentType.CENTER, indent: { left: cm(4), right: cm(1) }, style: 'memoSign' } as const
  return [
    paragraph({ style: 'memoTitle', children: [run(m.title, { bold: true, size: 29 })] }),
    ...m.agency.map((line, index) =>
      leader([...(index === 0 ? [label(m.labels.agency)] : []), run(line), run('\t')], [end]),
    ),
    leader(
      [label(m.labels.number), run(m.number), run('\t'), label(m.labels.date), run(m.date), run('\t')],
      [{ type: 'left', position: 4536, leader: 'dot' }, end],
    ),
    leader([label(m.labels.subject), run(m.subject), run('\t')], [end]),
    paragraph({
      style: 'memoTo',
      children: [run(`${m.toLabel}\t${m.to}`)],
      tabStops: [{ type: TabStopType.LEFT, position: cm(1.6) }],
    }),
    ...m.parts.flatMap((part) => [
      paragraph({ style: 'memoPart', keepNext: true, children: [run(part.title, { bold: true })] }),
      ...part.clauses.map(({ label: number, text }) =>
        thaiParagraph([run(number === '' ? text : `${number}  ${text}`)], { style: 'memoBody' }),
      ),
    ]),
    thaiParagraph([run(m.closing)], { style: 'memoBody', keepNext: true, spacing: { before: 120 } }),
    ...[0, 1, 2].map(() => paragraph({ keepNext: true })),
    paragraph({ ...centre, keepNext: true, children: [run(m.signer)] }),
    paragraph({ ...centre, children: [run(m.position)] }),
  ]
}

function summary({ summary: s, title }: PackageModel): (Paragraph | Table)[] {
  const widths = [cm(1.4), cm(8.2), cm(3.9), cm(2.5)]
  const five = Array.from({ length: s.results.length }, () => Math.floor(RIGHT / s.results.length))
  const small = (text: string): Paragraph =>
    paragraph({ keepNext: true, spacing: { before: 80 }, children: [run(text, { bold: true })] })
  return [
    paragraph({ heading: HeadingLevel.HEADING_1, children: [run(s.title, { bold: true, size: 20 })] }),
    paragraph({ children: [run(title)] }),
    ...s.parts.flatMap((part) => [
      small(part.title),
      thaiParagraph([run(part.text)], { indent: { firstLine: cm(1.5) } }),
    ]),
    small(s.keyTitle),
    table(widths, [
      s.keyHead.map((text, at) => cell(widths[at] ?? 0, [text], { bold: true, shade: SHADE, center: true })),
      ...s.key.map((row) => row.map((text, at) => cell(widths[at] ?? 0, [text], { center: at === 0 }))),
    ]),
    small(s.resultsTitle),
    table(five, [
      s.resultsHead.map((text, at) => cell(five[at] ?? 0, [text], { bold: true, shade: SHADE, center: true })),
      s.results.map((text, at) => cell(five[at] ?? 0, [text], { center: true })),
    ]),
    paragraph({ spacing: { before: 80 }, children: [run(`${s.asksTitle}  `, { bold: true }), run(s.asks)] }),
  ]
}

function measures({ table: t }: PackageModel): (Paragraph | Table)[] {
  const widths = [cm(1.3), cm(7.1), cm(4), cm(3.6), cm(2.8), cm(4.5), cm(2.3)]
  return [
    paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      children: [run(t.title, { bold: true, size: 20 })],
    }),
    table(widths, [
      t.head.map((text, at) => cell(widths[at] ?? 0, [text], { bold: true, shade: SHADE, center: true })),
      ...t.rows.map(
        ([
          order = '',
          measure = '',
          lead = '',
          support = '',
          budget = '',
          source = '',
          time = '',
          kpi = '',
          groups = '',
        ]) => {
          const lines = [[order], [measure], [lead, support], [budget, source], [time], [kpi], [groups]]
          return lines.map((texts, at) => {
            const said = texts.filter((text) => text !== '')
            return cell(widths[at] ?? 0, said.length === 0 ? [''] : said, { center: at === 0 })
          })
        },
      ),
    ]),
  ]
}

/** A measure: title row over label and value pairs; its rows stay together on a page. */
function measure(block: MeasureBlock): (Paragraph | Table)[] {
  const widths = [cm(2.9), cm(5.1), cm(2.5), cm(5.5)]
  const title = cell(
    RIGHT,
    [
      paragraph({
        heading: HeadingLevel.HEADING_3,
        keepNext: true,
        children: [bookmarked(block.id, [run(block.title, { bold: true })])],
      }),
      paragraph({ keepNext: true, children: [run(block.text)] }),
    ],
    { shade: SHADE, span: 4 },
  )
  const rows: ReturnType<typeof cell>[][] = [[title]]
  const key = (text: string, width: number) => cell(width, [text], { bold: true, shade: PALE, keep: true })
  for (let at = 0; at < block.pairs.length; at += 1) {
    const [name = '', value = ''] = block.pairs[at] ?? []
    const [nextName = '', nextValue = ''] = block.pairs[at + 1] ?? []
    const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = widths
    if (nextName !== '' && value.length <= LONG_VALUE && nextValue.length <= LONG_VALUE) {
      rows.push([
        key(name, w0),
        cell(w1, [value], { keep: true }),
        key(nextName, w2),
        cell(w3, [nextValue], { keep: true }),
      ])
      at += 1
    } else rows.push([key(name, w0), cell(w1 + w2 + w3, [value], { span: 3, keep: true })])
  }
  return [table(widths, rows, false), paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT } })]
}

function block(b: Block): (Paragraph | Table)[] {
  if (b.k === 'rec') return measure(b)
  if (b.k === 'table') {
    const columns = Math.max(1, ...b.rows.map((row) => row.length))
    const widths = Array.from({ length: columns }, () => Math.floor(RIGHT / columns))
    return [
      table(
        widths,
        b.rows.map((row) => widths.map((width, at) => cell(width, [row[at] ?? '']))),
        false,
      ),
    ]
  }
  if (b.k === 'h')
    return [paragraph({ keepNext: true, spacing: { before: 80 }, children: [bookmarked(b.id, runsOf(b.runs, true))] })]
  if (b.k === 'q') return [thaiParagraph([bookmarked(b.id, runsOf(b.runs))], { indent: { left: cm(2), right: cm(1) } })]
  if (b.k === 'p') return [thaiParagraph([bookmarked(b.id, runsOf(b.runs))], { indent: { firstLine: cm(1.5) } })]
  const left = cm(1.35 + b.level * 1.35)
  return [
    thaiParagraph([run(`${b.label}\t`), bookmarked(b.id, runsOf(b.runs))], {
      indent: { left, hanging: cm(1.1) },
      tabStops: [{ type: TabStopType.LEFT, position: left }],
    }),
  ]
}

function proposal({ proposal: p, title, approval }: PackageModel): (Paragraph | Table)[] {
  return [
    paragraph({ heading: HeadingLevel.HEADING_1, children: [run(title, { bold: true, size: 20 })] }),
    paragraph({ children: [run(p.by, { size: 14 })] }),
    ...(approval === '' ? [] : [paragraph({ children: [run(approval, { size: 14 })] })]),
    ...p.sections.flatMap((s) => [
      paragraph({
        heading: HeadingLevel.HEADING_2,
        keepNext: true,
        spacing: { before: 160 },
        children: [run(`${s.number}.  ${s.title}`, { bold: true })],
      }),
      ...(s.note === '' ? [] : [thaiParagraph([run(s.note)], { indent: { firstLine: cm(1.5) } })]),
      ...s.blocks.flatMap(block),
    ]),
  ]
}

function ledger({ ledger: l }: PackageModel): (Paragraph | Table)[] {
  const widths = [cm(2.2), cm(11.3), cm(2.8), cm(2.6), cm(6.7)]
  const all = widths.reduce((sum, width) => sum + width, 0)
  return [
    paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      children: [run(l.title, { bold: true, size: 20 })],
    }),
    paragraph({ alignment: AlignmentType.CENTER, children: [run(l.counts)] }),
    table(widths, [
      l.head.map((text, at) => cell(widths[at] ?? 0, [text], { bold: true, shade: SHADE, center: true, size: 13 })),
      ...l.groups.flatMap((group) => [
        [cell(all, [group.title], { bold: true, shade: PALE, span: widths.length, keep: true, size: 13 })],
        ...group.rows.map((row) => row.map((text, at) => cell(widths[at] ?? 0, [text], { size: 13 }))),
      ]),
    ]),
  ]
}

/** The bytes of the DOCX. 9 groups and 300 clauses take about a second. */
export async function packageDocx(model: PackageModel): Promise<Uint8Array> {
  const type = {
    font: FONT,
    size: 32,
    sizeComplexScript: 32,
    language: { value: 'en-US', bidirectional: 'th-TH' },
  } as const
  const style = (id: string, name: string, paragraphOptions: object, runOptions: object = {}) => ({
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    run: { ...type, ...runOptions },
    paragraph: paragraphOptions,
  })
  const heading = (size: number) => ({
    run: { ...type, size: size * 2, sizeComplexScript: size * 2, bold: true, boldComplexScript: true, color: '000000' },
    paragraph: { spacing: { before: 0, after: 0 } },
  })
  const document = new Document({
    title: model.title,
    creator: '',
    lastModifiedBy: '',
    description: `${model.footer}  sha256:${model.hash}`,
    styles: {
      default: {
        document: { run: type, paragraph: { spacing: { line: 240, lineRule: LineRuleType.AUTO } } },
        heading1: heading(20),
        heading2: heading(16),
        heading3: heading(16),
      },
      paragraphStyles: [
        style(
          'memoTitle',
          STYLES.title,
          { alignment: AlignmentType.CENTER, spacing: { line: 700, lineRule: LineRuleType.EXACT } },
          { size: 58, sizeComplexScript: 58, bold: true },
        ),
        style('memoHead', STYLES.head, { spacing: { before: 0, after: 0 } }),
        style('memoTo', STYLES.salutation, { spacing: { before: 120 } }),
        style('memoPart', STYLES.part, { spacing: { before: 120 }, indent: { firstLine: 1418 } }, { bold: true }),
        style('memoBody', STYLES.body, { alignment: AlignmentType.THAI_DISTRIBUTE, indent: { firstLine: 1418 } }),
        style('memoSign', STYLES.sign, { alignment: AlignmentType.CENTER }),
      ],
    },
    sections: [
      section(model, { name: '', memo: true }, memo(model)),
      section(model, { name: model.summary.enclosure }, summary(model)),
      section(model, { name: model.table.enclosure, landscape: true }, measures(model)),
      section(model, { name: model.proposal.enclosure }, proposal(model)),
      section(model, { name: model.ledger.enclosure, landscape: true }, ledger(model)),
    ],
  })
  return mended(new Uint8Array(await Packer.toArrayBuffer(document)))
}
