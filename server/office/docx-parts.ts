/** Paragraphs, cells and sections of the DOCX in the office's type: TH SarabunPSK 16 pt, Thai digits in fields, no markup of ours. */
import {
  AlignmentType,
  BorderStyle,
  Bookmark,
  Footer,
  Header,
  NumberFormat,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
  type IParagraphOptions,
  type ISectionOptions,
} from 'docx'
import { documents as d } from '../../shared/texts/documents.ts'
import type { PackageModel, Words } from './document-model.ts'

export const FACE = 'TH SarabunPSK'
export const FONT = { ascii: FACE, hAnsi: FACE, cs: FACE, eastAsia: FACE } as const
/** A4 in twentieths of a point; 567 are a centimetre. */
const CM = 567
const A4 = { width: 11906, height: 16838 } as const

export const cm = (value: number): number => Math.round(value * CM)

export const run = (
  text: string,
  options: { bold?: boolean; italics?: boolean; size?: number; color?: string } = {},
): TextRun => {
  const { bold, italics, size, color } = options
  return new TextRun({
    text,
    font: FONT,
    language: { value: 'en-US', bidirectional: 'th-TH' },
    ...(bold === true ? { bold: true, boldComplexScript: true } : {}),
    ...(italics === true ? { italics: true, italicsComplexScript: true } : {}),
    ...(size === undefined ? {} : { size: size * 2, sizeComplexScript: size * 2 }),
    ...(color === undefined ? {} : { color }),
  })
}

export const runsOf = (words: readonly Words[], bold = false): TextRun[] =>
  words.map(({ t, b, i }) => run(t, { bold: bold || b === true, italics: i === true }))

export const paragraph = (options: IParagraphOptions): Paragraph => new Paragraph(options)

/** A paragraph of running Thai text: both edges straight, first line 2.5 cm in unless said otherwise. */
export const thaiParagraph = (children: readonly (TextRun | Bookmark)[], options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ alignment: AlignmentType.THAI_DISTRIBUTE, children: [...children], ...options })

/** A bookmark round the clause's words: its identity survives Word, nothing visible is added. */
export const bookmarked = (id: string, children: readonly TextRun[]): Bookmark =>
  new Bookmark({ id, children: [...children] })

const EDGE = { style: BorderStyle.SINGLE, size: 4, color: '333333' } as const
export type CellOptions = {
  bold?: boolean
  shade?: string
  span?: number
  center?: boolean
  keep?: boolean
  size?: number
}

export function cell(width: number, texts: readonly (string | Paragraph)[], options: CellOptions = {}): TableCell {
  const { bold, shade, span, center, keep, size = 14 } = options
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 30, bottom: 30, left: 90, right: 90 },
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE },
    ...(span === undefined ? {} : { columnSpan: span }),
    ...(shade === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill: shade } }),
    children: texts.map((text) =>
      typeof text === 'string'
        ? new Paragraph({
            ...(center === true ? { alignment: AlignmentType.CENTER } : {}),
            keepNext: keep === true,
            children: [run(text, { bold: bold === true, size })],
          })
        : text,
    ),
  })
}

/** A table of fixed widths; only the first row is a repeated header, no row breaks over a page. */
export function table(widths: readonly number[], rows: readonly TableCell[][], header = true): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    rows: rows.map(
      (children, at) =>
        new TableRow({ cantSplit: true, children, ...(header && at === 0 ? { tableHeader: true } : {}) }),
    ),
  })
}

/** "- ๒ -": the field counts in Thai digits because the section says so. */
const pageNumber = (): TextRun[] => [new TextRun({ font: FONT, children: ['- ', PageNumber.CURRENT, ' -'] })]

export type SectionKind = { readonly name: string; readonly landscape?: boolean; readonly memo?: boolean }

/** A section of its own numbering: the first page shows no number, pages from the second do. */
export function section(
  model: PackageModel,
  { name, landscape, memo }: SectionKind,
  children: ISectionOptions['children'],
): ISectionOptions {
  const width = landscape === true ? A4.height - cm(4) : A4.width - cm(5)
  const tabs = [
    { type: TabStopType.CENTER, position: Math.round(width / 2) },
    { type: TabStopType.RIGHT, position: width },
  ]
  const head = (numbered: boolean): Paragraph =>
    new Paragraph({
      tabStops: tabs,
      children: [
        run(model.draft, { bold: true }),
        run('\t'),
        ...(numbered ? pageNumber() : []),
        run('\t'),
        run(name, { size: 14 }),
      ],
    })
  const foot = new Footer({
    children:
      memo === true
        ? [new Paragraph({})]
        : [new Paragraph({ children: [run(model.footer, { size: 12, color: '555555' })] })],
  })
  return {
    properties: {
      titlePage: true,
      page: {
        size: { ...A4, orientation: landscape === true ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
        margin:
          landscape === true
            ? { top: cm(2.5), bottom: cm(2), left: cm(2), right: cm(2), header: cm(1.5), footer: cm(1) }
            : {
                top: memo === true ? cm(1.75) : cm(2.5),
                bottom: cm(2),
                left: cm(3),
                right: cm(2),
                header: cm(1.5),
                footer: cm(1),
              },
        pageNumbers: { start: 1, formatType: NumberFormat.THAI_NUMBERS },
      },
    },
    headers: { first: new Header({ children: [head(false)] }), default: new Header({ children: [head(true)] }) },
    footers: { first: foot, default: foot },
    children,
  }
}

/** Named styles of the memo, so that a clerk finds them in Word's list. */
export const STYLES = d.styles
