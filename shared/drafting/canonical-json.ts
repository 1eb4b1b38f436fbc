/** RFC 8785 (JSON Canonicalization Scheme): one byte string for one value, so that hashes can be recomputed anywhere. */

/** A lone surrogate has no UTF-8 form: RFC 8785 refuses it, and so do we. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/

function stringOf(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new TypeError('canonical JSON: a lone surrogate has no UTF-8 form')
  return JSON.stringify(text)
}

function serialise(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return stringOf(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON: a number must be finite')
    return JSON.stringify(value) // ECMAScript's own form is the one RFC 8785 asks for; -0 becomes 0
  }
  if (Array.isArray(value)) return `[${value.map(serialise).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`canonical JSON: no form for a ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) // by UTF-16 code units, as RFC 8785 3.2.3 asks
  return `{${members.map(([key, member]) => `${stringOf(key)}:${serialise(member)}`).join(',')}}`
}

/**
 * The canonical text of a value: keys sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes them.
 * Throws a TypeError for what JSON cannot hold (undefined in a list, NaN, a lone surrogate, a function).
 */
export function canonicalJson(value: unknown): string {
  return serialise(value)
}
