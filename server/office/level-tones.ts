/** The font as exports use it: tones stand level over an upper vowel, so that both stay one run of letters when text is read back. */

/** Upper vowels carry their tone at most this far (thousandths of an em) from the small tone's own height. */
const NEAR = 60
const MARK_TO_MARK = 6
const EXTENSION = 9

/** Byte place of a table of an OpenType file; throws an Error when it is missing. */
function tableAt(view: DataView, tag: string): number {
  const count = view.getUint16(4)
  for (let at = 12; at < 12 + count * 16; at += 16) {
    let name = ''
    for (let letter = 0; letter < 4; letter += 1) name += String.fromCharCode(view.getUint8(at + letter))
    if (name === tag) return view.getUint32(at + 8)
  }
  throw new Error(`font has no ${tag} table`)
}

/** Byte places of the mark-to-mark subtables. */
function markToMark(view: DataView): number[] {
  const gpos = tableAt(view, 'GPOS')
  const list = gpos + view.getUint16(gpos + 8)
  const found: number[] = []
  for (let index = 0; index < view.getUint16(list); index += 1) {
    const lookup = list + view.getUint16(list + 2 + index * 2)
    for (let sub = 0; sub < view.getUint16(lookup + 4); sub += 1) {
      const at = lookup + view.getUint16(lookup + 6 + sub * 2)
      const type = view.getUint16(lookup)
      if (type === MARK_TO_MARK) found.push(at)
      if (type === EXTENSION && view.getUint16(at + 2) === MARK_TO_MARK) found.push(at + view.getUint32(at + 4))
    }
  }
  return found
}

/**
 * A copy of a Sarabun file (OFL, no reserved name) whose upper vowels carry the tone at the tone's own height: anchors near it
 * (the vowels', and those of marks that Thai never stacks) move by at most 0.056 em. Without it Typst sets tone and vowel as two pieces of text and readers of the PDF say the cluster twice.
 */
export function levelTones(font: Uint8Array): { bytes: Uint8Array; moved: number } {
  const bytes = font.slice()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let moved = 0
  for (const at of markToMark(view)) {
    const classes = view.getUint16(at + 6)
    const marks = at + view.getUint16(at + 8)
    const bases = at + view.getUint16(at + 10)
    // The small tones, which stand over upper vowels, are the highest marks of their class.
    const heights = new Map<number, number>()
    for (let index = 0; index < view.getUint16(marks); index += 1) {
      const record = marks + 2 + index * 4
      const mark = view.getUint16(record)
      const height = view.getInt16(marks + view.getUint16(record + 2) + 4)
      heights.set(mark, Math.max(height, heights.get(mark) ?? height))
    }
    for (let index = 0; index < view.getUint16(bases); index += 1) {
      for (let mark = 0; mark < classes; mark += 1) {
        const offset = view.getUint16(bases + 2 + (index * classes + mark) * 2)
        const height = heights.get(mark)
        if (offset === 0 || height === undefined) continue
        const own = view.getInt16(bases + offset + 4)
        if (own === height || Math.abs(own - height) > NEAR) continue
        view.setInt16(bases + offset + 4, height)
        moved += 1
      }
    }
  }
  return { bytes, moved }
}
