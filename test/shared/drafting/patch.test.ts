/** Patching a draft: exact, minimal, in one transaction. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import * as Y from 'yjs'
import type { Clause, DraftContent, Inline } from '../../../shared/drafting/canonical.ts'
import { plainText } from '../../../shared/drafting/canonical.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { patchDraft } from '../../../shared/drafting/patch.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { emptyRecommendation } from '../../../shared/drafting/seed.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import type { ClauseId } from '../../../shared/ids.ts'
import { clause, content, docOf } from './build-draft.ts'

const read = (doc: Y.Doc): DraftContent => readDraft(doc, SHORT_TEMPLATE)
const patch = (doc: Y.Doc, target: DraftContent): number => patchDraft(doc, target, SHORT_TEMPLATE)

const words = fc.constantFrom('ที่', 'น้ำ', 'ผู้สูงอายุ', ' ', 'ก็', 'บาท', '1,500', '👵🏽', 'a')
const text = fc.array(words, { maxLength: 5 }).map((parts) => parts.join(''))

/** Canonical runs: neighbours differ in their marks, none is empty. */
const runs: fc.Arbitrary<Inline[]> = fc
  .array(fc.oneof(fc.record({ cite: fc.constantFrom('law1', 'law2') }), fc.record({ text, strong: fc.boolean() })), {
    maxLength: 4,
  })
  .map((parts) => {
    const joined: Inline[] = []
    for (const part of parts) {
      const last = joined.at(-1)
      if ('cite' in part) joined.push(part)
      else if (part.text !== '' && last !== undefined && 'text' in last && (last.strong ?? false) === part.strong)
        joined[joined.length - 1] = { ...last, text: last.text + part.text }
      else if (part.text !== '') joined.push({ text: part.text, ...(part.strong ? { strong: true as const } : {}) })
    }
    return joined
  })

const clauses: fc.Arbitrary<Clause[]> = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 6 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .tuple(runs, runs, fc.constantFrom('text' as const, 'bullet' as const), fc.integer({ min: 0, max: 3 }))
        .map(([first, second, kind, level]): Clause =>
          id === 7
            ? {
                ...emptyRecommendation('c7' as ClauseId),
                fields: { ...emptyRecommendation('c7' as ClauseId).fields, measure: first, kpi: second },
                amount: level === 0 ? null : level * 500,
                lgoTypes: kind === 'bullet' ? ['sao'] : ['town', 'pao'],
              }
            : id === 6
              ? {
                  id: 'c6' as ClauseId,
                  kind: 'table',
                  rows: [
                    [first, second],
                    [second, []],
                  ].slice(0, level),
                }
              : { id: `c${id}` as ClauseId, kind, level, runs: first },
        ),
    ),
  ),
)
const drafts = fc
  .tuple(clauses, fc.subarray(['children', 'elderly', 'disabled']))
  .map(([list, choices]) => content({ background: list }, choices))

describe('Patching a draft', () => {
  it('[DR10] a patch makes the document read as its target, and a second patch makes no edit', () =>
    fc.assert(
      fc.property(drafts, drafts, (from, to) => {
        const doc = docOf(from)
        patch(doc, to)
        assert.equal(canonicalJson(read(doc)), canonicalJson(to))
        assert.equal(patch(doc, to), 0)
      }),
      { numRuns: 200 },
    ))

  it('[DR11] a patch is one transaction under the given origin', () => {
    const doc = docOf(content({ background: [clause('a', 'หนึ่ง'), clause('b', 'สอง')] }))
    const origins: unknown[] = []
    doc.on('update', (_update, origin) => origins.push(origin))
    patchDraft(doc, content({ background: [clause('b', 'สองใหม่'), clause('c', 'สาม')] }), SHORT_TEMPLATE, 'restore')
    assert.deepEqual(origins, ['restore'])
  })

  it('[DR12] what others type meanwhile in a kept clause stays', () => {
    const doc = docOf(content({ background: [clause('a', 'จ่ายเดือนละ 1,000 บาท')] }))
    const other = newDraftDoc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    sectionRoot(other, 'background').insert(1, 'ต้อง', {})
    patch(doc, content({ background: [clause('z', 'ใหม่'), clause('a', 'จ่ายเดือนละ 1,500 บาท')] }))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    const texts = read(doc).sections[1]?.clauses.map((one) => ('runs' in one ? plainText(one.runs) : ''))
    assert.deepEqual(texts, ['ใหม่', 'ต้องจ่ายเดือนละ 1,500 บาท'])
  })

  it('[DR13] an unmoved clause is not rewritten: only what left the longest run in order moves', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((id) => clause(id, `ข้อ ${id}`))
    const doc = docOf(content({ background: five }))
    const moved = [five[4], five[0], five[1], five[2], five[3]] as Clause[]
    assert.equal(patch(doc, content({ background: moved })), 2) // one taken out, one put in
  })

  it('[DR14] sections that the target lacks are left alone', () => {
    const doc = docOf(content({ title: [clause('t', 'ชื่อ')], background: [clause('a', 'ก')] }))
    const target = content({ background: [clause('a', 'ข')] })
    patch(doc, { ...target, sections: target.sections.filter(({ id }) => id === 'background') })
    assert.deepEqual(read(doc).sections[0]?.clauses, [clause('t', 'ชื่อ')])
  })

  it('[DR10] that holds for documents with doubled ids and letters outside clauses, too', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.nat(2), fc.nat(3)), { maxLength: 10 }),
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        fc.boolean(),
        (edits, kept, reverse) => {
          const doc = docOf(content({}))
          const root = sectionRoot(doc, 'background')
          for (const [place, what, name] of edits) {
            const at = Math.min(place, root.length)
            const element = new Y.XmlElement('recommendation')
            element.setAttribute('id', `r${name}`)
            if (what === 0) root.insertEmbed(at, { id: `c${name}` })
            else if (what === 1) root.insert(at, `word${name}`, {})
            else root.insertEmbed(at, element)
          }
          const now = read(doc)
          const sections = now.sections.map((section) => {
            const list = section.clauses.filter((_, i) => kept[i % kept.length])
            return { ...section, clauses: reverse ? list.reverse() : list }
          })
          const target = { ...now, sections }
          patch(doc, target)
          assert.equal(canonicalJson(read(doc)), canonicalJson(target))
          assert.equal(patch(doc, target), 0)
        },
      ),
      { numRuns: 300 },
    ))
})
