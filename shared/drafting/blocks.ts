/** What stands in a section's Y.XmlText, as a list of blocks with their places: for the reader, the patch, moves and the binding. */
import * as Y from 'yjs'

/** Format names and values of a run, as Yjs holds them. */
export type Formats = Readonly<Record<string, unknown>>

/** A run of letters, or one embed inside a clause, with its formats. */
export type Piece =
  { readonly text: string; readonly formats: Formats } | { readonly cite: string; readonly formats: Formats }

/**
 * A block: a clause (its opening embed, then its pieces; `id` null when letters stand where no clause was begun) or an embedded
 * element (recommendation, table, choice). `at` and `length` count as Yjs counts in the section's text.
 */
export type Block =
  | {
      readonly type: 'clause'
      readonly id: string | null
      readonly formats: Formats
      readonly pieces: readonly Piece[]
      readonly at: number
      readonly length: number
    }
  | { readonly type: 'element'; readonly element: Y.XmlElement; readonly at: number; readonly length: 1 }

type DeltaPart = { readonly insert: unknown; readonly attributes?: Formats }

/** The id that an embed begins a clause with, or undefined when it is another embed. */
export function clauseIdOf(embed: unknown): string | undefined {
  if (typeof embed !== 'object' || embed === null || !('id' in embed)) return undefined
  return typeof embed.id === 'string' ? embed.id : String(embed.id)
}

/** The law that an embed cites; an embed nobody knows reads as an empty citation, so that places still agree. */
export function citeOf(embed: unknown): string {
  if (typeof embed !== 'object' || embed === null || !('cite' in embed)) return ''
  return String(embed.cite)
}

/** Reads a text's runs; embedded elements are left out. */
export function piecesOf(text: Y.XmlText): Piece[] {
  const pieces: Piece[] = []
  for (const part of text.toDelta() as DeltaPart[]) {
    const formats = part.attributes ?? {}
    if (typeof part.insert === 'string') pieces.push({ text: part.insert, formats })
    else if (!(part.insert instanceof Y.AbstractType)) pieces.push({ cite: citeOf(part.insert), formats })
  }
  return pieces
}

/** All blocks of a section in order; their lengths add up to the text's length. */
export function blocksOf(text: Y.XmlText): Block[] {
  const blocks: Block[] = []
  let at = 0
  let open: { id: string | null; formats: Formats; pieces: Piece[]; at: number; length: number } | null = null
  const close = (): void => {
    if (open !== null) blocks.push({ type: 'clause', ...open })
    open = null
  }
  for (const part of text.toDelta() as DeltaPart[]) {
    const formats = part.attributes ?? {}
    if (part.insert instanceof Y.XmlElement) {
      close()
      blocks.push({ type: 'element', element: part.insert, at, length: 1 })
      at += 1
      continue
    }
    const id = typeof part.insert === 'string' ? undefined : clauseIdOf(part.insert)
    if (id !== undefined) {
      close()
      open = { id, formats, pieces: [], at, length: 1 }
      at += 1
      continue
    }
    const piece: Piece =
      typeof part.insert === 'string' ? { text: part.insert, formats } : { cite: citeOf(part.insert), formats }
    const length = 'text' in piece ? piece.text.length : 1
    open ??= { id: null, formats: {}, pieces: [], at, length: 0 }
    open.pieces.push(piece)
    open.length += length
    at += length
  }
  close()
  return blocks
}

/** The child elements of an element, in order; texts between them are left out. */
export function childElements(element: Y.XmlElement): Y.XmlElement[] {
  return element.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement)
}

/** The texts of a field or cell, in order: one, or several where two people began an empty field before a text stood in it. */
export function childTexts(element: Y.XmlElement): Y.XmlText[] {
  return element.toArray().filter((child): child is Y.XmlText => child instanceof Y.XmlText)
}
