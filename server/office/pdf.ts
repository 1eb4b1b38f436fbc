/** Sets the package as PDF with Typst: fixed template, data as JSON, fonts from the package; runs in the office worker. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { words as cut } from '../../shared/thai/words.ts'
import type { PackageModel } from './document-model.ts'
import { levelTones } from './level-tones.ts'
import { TEMPLATE } from './template.ts'

const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] as const
const fonts = (): Buffer[] => {
  const { resolve } = createRequire(import.meta.url)
  return FACES.map((face) =>
    Buffer.from(levelTones(readFileSync(resolve(`@expo-google-fonts/sarabun/${face}/Sarabun_${face}.ttf`))).bytes),
  )
}

/** Words of the next page that stand at the foot of a page of the memo: two are enough to go on reading. */
const CONTINUING_WORDS = 2

type Mark = { readonly p: number; readonly w: string }

/** The memo with its clauses cut into words, for the pass that asks where each word came to stand. */
function withWords(model: PackageModel): unknown {
  const words = (text: string) => ({ text, words: cut(text) })
  return {
    ...model,
    memo: {
      ...model.memo,
      closing: words(model.memo.closing),
      parts: model.memo.parts.map((part) => ({
        ...part,
        // A heading goes over as a whole, number and words.
        words: [part.title],
        clauses: part.clauses.map((clause) => ({ ...clause, ...words(clause.text) })),
      })),
    },
  }
}

/** First words of every page of the memo after the first, by the page before it. */
function continuations(marks: readonly Mark[], titles: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const page of new Set(marks.map(({ p }) => p))) {
    if (page === 1) continue
    const first = marks.filter(({ p }) => p === page).map(({ w }) => w)
    const [heading = ''] = first
    const words = titles.includes(heading) ? heading : first.slice(0, CONTINUING_WORDS).join('')
    found[String(page - 1)] = words.trim()
  }
  return found
}

export type Pdf = { readonly bytes: Uint8Array; readonly pages: number }

/** Throws an Error with the template's message when Typst refuses; user text cannot cause that, since it is data. */
export function packagePdf(model: PackageModel): Pdf {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fonts() }] })
  const doc = JSON.stringify(withWords(model))
  const compiled = (cont: Record<string, string>, marks: '0' | '1') => {
    const result = compiler.compile({ mainFileContent: TEMPLATE, inputs: { doc, cont: JSON.stringify(cont), marks } })
    if (result.result === null) {
      const error = result.takeError()
      throw new Error(`typst: ${JSON.stringify(error?.shortDiagnostics ?? 'no document')}`)
    }
    return result.result
  }
  const asked = compiled({}, '1')
  const marks = (compiler.query(asked, { selector: '<word>' }) as { value: Mark }[]).map(({ value }) => value)
  const titles = model.memo.parts.map(({ title }) => title)
  const cont = continuations(marks, titles)
  // The words that go over change the foot, and with it the page's end: measured again with the room they take.
  const again =
    Object.keys(cont).length === 0
      ? cont
      : continuations(
          (compiler.query(compiled(cont, '1'), { selector: '<word>' }) as { value: Mark }[]).map(({ value }) => value),
          titles,
        )
  const document = compiled(again, '0')
  const bytes = compiler.pdf(document, { pdfTags: true, creationTimestamp: Math.floor(model.at / 1000) })
  const pages = document.numOfPages
  // Typst's cache belongs to the process: what the last two exports did not use is let go.
  compiler.evictCache(2)
  return { bytes: new Uint8Array(bytes), pages }
}
