/** Canonical JSON against the examples and rules of RFC 8785. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'

describe('Canonical JSON (RFC 8785)', () => {
  it('[CJ1] keys are sorted by UTF-16 code units', () =>
    // The example of RFC 8785 3.2.3: code units, not code points.
    assert.equal(
      canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }),
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    ))

  it('[CJ2] numbers are written as ECMAScript writes them', () =>
    assert.equal(
      canonicalJson([Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0]),
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    ))

  it('[CJ3] strings escape only what they must', () =>
    assert.equal(canonicalJson('\u20ac$\u000F\u000aA\'B"\\\\"/'), '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'))

  it('[CJ4] undefined members are left out; what JSON cannot hold is refused', () => {
    assert.equal(canonicalJson({ a: undefined, b: null }), '{"b":null}')
    for (const bad of [NaN, Infinity, undefined, () => 1, '\ud800', 'x\udc00', [undefined]])
      assert.throws(() => canonicalJson(bad), TypeError)
  })

  it('[CJ5] the order of keys makes no difference, and the text reads back as the value', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })), (value) => {
        const text = canonicalJson(value)
        assert.equal(canonicalJson(Object.fromEntries(Object.entries(value).reverse())), text)
        assert.equal(canonicalJson(JSON.parse(text)), text)
      }),
    ))
})
