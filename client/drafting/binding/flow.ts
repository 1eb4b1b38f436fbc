/** Where inline content is written: a section's text, or a field or cell that may consist of several texts. */
import * as Y from 'yjs'
import { childTexts } from '../../../shared/drafting/blocks.ts'
import type { Formats } from '../../../shared/drafting/blocks.ts'

/** A run of places to insert into, delete from and format. Formats are always given whole: what is not named is not inherited. */
export type Flow = {
  insert(at: number, content: string | object, formats: Formats): void
  delete(at: number, length: number): void
  format(at: number, length: number, formats: Formats): void
}

function insertInto(text: Y.XmlText, at: number, content: string | object, formats: Formats): void {
  const real = Object.fromEntries(Object.entries(formats).filter(([, value]) => value !== null))
  if (typeof content === 'string') text.insert(at, content, real)
  else text.insertEmbed(at, content, real)
}

export function sectionFlow(text: Y.XmlText): Flow {
  return {
    insert: (at, content, formats) => insertInto(text, at, content, formats),
    delete: (at, length) => text.delete(at, length),
    format: (at, length, formats) => text.format(at, length, formats),
  }
}

/**
 * A field or cell: its texts read as one behind the other. Letters go into the text that holds the place; a field without any text
 * (an old or a broken document) gets one.
 */
export function holderFlow(holder: Y.XmlElement): Flow {
  const each = (at: number, length: number, act: (text: Y.XmlText, at: number, length: number) => void): void => {
    let start = 0
    for (const text of childTexts(holder)) {
      const size = text.length
      const from = Math.max(0, at - start)
      const to = Math.min(size, at + length - start)
      if (to > from) act(text, from, to - from)
      start += size
    }
  }
  return {
    insert: (at, content, formats) => {
      let start = 0
      const texts = childTexts(holder)
      const target = texts.find((text) => {
        if (at <= start + text.length) return true
        start += text.length
        return false
      })
      if (target !== undefined) return insertInto(target, at - start, content, formats)
      const made = new Y.XmlText()
      holder.insert(0, [made])
      insertInto(made, 0, content, formats)
    },
    // From the end, because deleting changes the lengths that `each` counts by.
    delete: (at, length) => {
      const jobs: (() => void)[] = []
      each(at, length, (text, from, size) => jobs.unshift(() => text.delete(from, size)))
      for (const job of jobs) job()
    },
    format: (at, length, formats) => each(at, length, (text, from, size) => text.format(from, size, formats)),
  }
}

/** The element embedded at an index of a section's text, or null. */
export function elementAt(text: Y.XmlText, index: number): Y.XmlElement | null {
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (at === index)
      return item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlElement
        ? item.content.type
        : null
    at += item.length
    if (at > index) return null
  }
  return null
}

/** The index at which an element stands in a section's text, or -1. */
export function indexOfElement(text: Y.XmlText, element: Y.XmlElement): number {
  let at = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (item.content instanceof Y.ContentType && item.content.type === element) return item.deleted ? -1 : at
    if (!item.deleted && item.countable) at += item.length
  }
  return -1
}
