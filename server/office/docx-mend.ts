/** What the DOCX library cannot say, put into the packed file: other names of the font, Thai footnote numbers, the script's language. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { FACE } from './docx-parts.ts'

const ALTERNATIVES = 'TH Sarabun New,TH SarabunIT\u0e59,Sarabun'
const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:font w:name="${FACE}"><w:altName w:val="${ALTERNATIVES}"/><w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>`
const FOOTNOTES = '<w:footnotePr><w:numFmt w:val="thaiNumbers"/></w:footnotePr>'

/** The same package with those three mends. */
export function mended(docx: Uint8Array): Uint8Array {
  const files = unzipSync(docx)
  const change = (name: string, edit: (xml: string) => string): void => {
    const file = files[name]
    if (file !== undefined) files[name] = strToU8(edit(strFromU8(file)))
  }
  files['word/fontTable.xml'] = strToU8(FONT_TABLE)
  change('word/document.xml', (xml) =>
    // After the header and footer references, before everything else of a section.
    xml.replace(/(<w:sectPr[^>]*>(?:<w:(?:header|footer)Reference[^>]*\/>)*)/g, `$1${FOOTNOTES}`),
  )
  change('word/settings.xml', (xml) =>
    xml.includes('w:themeFontLang')
      ? xml
      : xml.replace('</w:settings>', '<w:themeFontLang w:val="en-US" w:bidi="th-TH"/></w:settings>'),
  )
  return zipSync(files, { level: 6 })
}
