/** Names of people as they are compared: what a roster says and what a person types on a phone. */
import { normalise } from './normalise.ts'

/** Titles that a roster writes and a person leaves out, or the other way round; longest first. */
const TITLES = [
  'ว่าที่ร้อยตรีหญิง',
  'ว่าที่ร้อยตรี',
  'ว่าที่ร้อยโท',
  'ว่าที่ร้อยเอก',
  'ว่าที่ ร.ต.หญิง',
  'ว่าที่ ร.ต.',
  'ว่าที่ร.ต.',
  'นางสาว',
  'น.ส.',
  'นส.',
  'นาง',
  'นาย',
  'ดร.',
  'mrs.',
  'mr.',
  'ms.',
  'miss ',
]
/** Direction marks and joiners that a pasted name carries unseen. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g
/** Shorter than this, what is left is a first syllable and not a name: then the title was none. */
const LEAST = 2

/**
 * The key under which two spellings of one name meet: one spelling of Thai marks, no title, no spaces, no dots.
 * Only for comparing: the name itself is shown as the roster has it.
 */
export function personNameKey(name: string): string {
  const plain = normalise(name.normalize('NFC').replace(UNSEEN, ''))
  const title = TITLES.find((word) => plain.startsWith(word))
  const bare = (title === undefined ? plain : plain.slice(title.length)).replace(/[\s.]/g, '')
  return bare.length >= LEAST ? bare : plain.replace(/[\s.]/g, '')
}

/** A name or an office as it may be kept: unseen characters dropped, runs of spaces made one. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
}
