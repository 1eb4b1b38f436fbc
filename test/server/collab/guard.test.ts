/** The guard without sockets: honest updates of the real binding pass, its places are Yjs's own, and each rule refuses what it names. */
import assert from 'node:assert/strict'
import * as Y from 'yjs'
import * as encoding from 'lib0/encoding'
import { elementOf } from '../../../client/drafting/binding/write-element.ts'
import { judgeUpdate, type Verdict } from '../../../server/collab/guard.ts'
import { KnownText } from '../../../server/collab/known-text.ts'
import { DEAD } from '../../../server/collab/places.ts'
import { isAllowedFormat, SECTION } from '../../../shared/drafting/allowed.ts'
import { newDraftDoc, sectionRoot } from '../../../shared/drafting/document.ts'
import { draftSchema } from '../../../shared/drafting/schema.ts'
import { LONG_TEMPLATE, SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { ACTIONS, runConcurrently, seedOf } from '../../client/drafting/concurrency-run.ts'
import type { Wire } from '../../client/drafting/peer.ts'
import { times } from '../../support/counts.ts'
import { handUpdate, rootItem } from '../../support/raw-client.ts'

const SEEDS = Number(process.env['GUARD_SEEDS'] ?? times({ once: 12, issue: 500, long: 500 }))
const STEPS = 150
const UNLOCKED = new Map<never, number>()

/** Judges as the room does, and takes in what passes. */
function pass(known: KnownText, bytes: Uint8Array, sender: string): Verdict {
  const verdict = judgeUpdate(bytes, known, { sender, awaited: false, locked: UNLOCKED })
  if (verdict.kind === 'new') known.take(verdict.addition, sender)
  return verdict
}

/** The name of the root that an item is in, or null where yjs has forgotten it. */
function rootOf(item: Y.Item): string | null {
  let type = item.parent as Y.AbstractType<unknown> | null
  while (type?._item) type = type._item.parent as Y.AbstractType<unknown> | null
  if (type === null) return null
  for (const [name, root] of type.doc?.share ?? []) if (root === type) return name
  return null
}

describe('guard', function () {
  this.timeout(600_000)

  it('[SY30] honest updates of the binding pass, before and after a handover from a base, and places are those that Yjs has', () => {
    let judged = 0
    let items = 0
    let dead = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const wire: Wire = { log: [] }
      const first = seedOf()
      runConcurrently(seed, STEPS, ACTIONS, wire, first)
      const doc = new Y.Doc({ gc: false })
      const compacted = newDraftDoc()
      let known = new KnownText(SHORT_TEMPLATE.id, false)
      known.learn(first, 'server')
      Y.applyUpdate(doc, first)
      Y.applyUpdate(compacted, first)
      const handover = Math.floor(wire.log.length / 2)
      wire.log.forEach(({ from, update }, at) => {
        const sender = `p${from.doc.clientID}`
        const verdict = pass(known, update, sender)
        // Known: it deletes what others have deleted by name already.
        const fine = verdict.kind === 'new' || (verdict.kind === 'known' && Y.decodeUpdate(update).structs.length === 0)
        assert.ok(fine, `seed ${seed}, update ${at}: ${JSON.stringify(verdict)}`)
        judged += 1
        Y.applyUpdate(doc, update)
        Y.applyUpdate(compacted, update)
        assert.deepEqual(pass(known, update, sender), { kind: 'known' }, `seed ${seed}, update ${at} again`)
        if (at !== handover) return
        known = new KnownText(SHORT_TEMPLATE.id, false)
        known.learn(Y.encodeStateAsUpdate(compacted), null)
      })
      for (const [client, structs] of doc.store.clients)
        for (const struct of structs) {
          assert.ok(struct instanceof Y.Item)
          for (let clock = struct.id.clock; clock < struct.id.clock + struct.length; clock++) {
            const place = known.placeAt({ client, clock })
            items += 1
            if (place === DEAD) {
              assert.ok(struct.deleted, `seed ${seed}: ${client}:${clock} lives`)
              dead += 1
            } else assert.equal(`section:${place?.section}`, rootOf(struct), `seed ${seed}: ${client}:${clock}`)
          }
        }
      assert.deepEqual(
        [...known.stateVector].sort(([a], [b]) => a - b),
        [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b),
      )
    }
    console.log(`      ${judged} updates judged, 0 refused; ${items} items in their section, ${dead} of them dead`)
    assert.ok(judged > SEEDS * 50 && dead < items / 2)
  })

  const ROOT = 'section:background'
  const letters = (text: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, text)
  const inRoot = (text: string, root = ROOT) => rootItem(root, 4, letters(text))
  const behind = (client: number, clock: number, text: string) => (encoder: encoding.Encoder) => {
    encoding.writeUint8(encoder, 4 | 0x80)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, text)
  }
  const between =
    (left: readonly [number, number], right: readonly [number, number]) => (encoder: encoding.Encoder) => {
      encoding.writeUint8(encoder, 4 | 0xc0)
      for (const number of [...left, ...right]) encoding.writeVarUint(encoder, number)
      encoding.writeVarString(encoder, 'x')
    }
  const inside =
    (client: number, clock: number, ref: number, write: (encoder: encoding.Encoder) => void, sub?: string) =>
    (encoder: encoding.Encoder) => {
      encoding.writeUint8(encoder, ref | (sub === undefined ? 0 : 0x20))
      for (const number of [0, client, clock]) encoding.writeVarUint(encoder, number)
      if (sub !== undefined) encoding.writeVarString(encoder, sub)
      write(encoder)
    }
  const element = (name: string) => (encoder: encoding.Encoder) => {
    encoding.writeVarUint(encoder, 3)
    encoding.writeVarString(encoder, name)
  }
  const anyOf =
    (...values: readonly unknown[]) =>
    (encoder: encoding.Encoder) => {
      encoding.writeVarUint(encoder, values.length)
      for (const value of values) encoding.writeAny(encoder, value as never)
    }
  const fresh = (): KnownText => new KnownText(SHORT_TEMPLATE.id, false)
  const ruleOf = (verdict: Verdict): string => (verdict.kind === 'malformed' ? verdict.rule : verdict.kind)

  it('[SY31] the lists come from the schema: every node, attribute and mark that an editor can make passes', () => {
    const { nodes, marks } = draftSchema
    const words = [draftSchema.text('ก', [marks.strong.create()]), nodes.cite.create({ law: 'law1' })]
    const filled = (type: keyof typeof nodes, content: Parameters<typeof nodes.clause.create>[1]) => {
      const attrs = Object.keys(nodes[type]!.spec.attrs ?? {}).map((name) => [name, name === 'amount' ? 600 : 'x'])
      return nodes[type]!.create(Object.fromEntries(attrs), content)
    }
    const recommendation = filled('recommendation', [filled('field', words), filled('choice', null)])
    const table = filled('table', [filled('row', [filled('cell', words)])])
    const doc = newDraftDoc()
    const root = sectionRoot(doc, 'background')
    root.insertEmbed(0, elementOf(recommendation))
    root.insertEmbed(1, elementOf(table))
    root.insertEmbed(2, elementOf(filled('choice', null)))
    root.insertEmbed(3, { id: 'abcdefghijkl' }, { kind: 'heading', level: 2 })
    root.insert(4, 'ข', { strong: true, em: true, 'from:sub1:clause~2': true })
    assert.equal(pass(fresh(), Y.encodeStateAsUpdate(doc), 'p').kind, 'new')
    const made = new Set(['section', 'clause', 'doc', 'text', 'cite', ...SECTION.elements.keys()])
    for (const { elements } of SECTION.elements.values())
      for (const [name, { elements: deep }] of elements) for (const each of [name, ...deep.keys()]) made.add(each)
    assert.deepEqual([...made].sort(), Object.keys(nodes).sort(), 'a node of the schema that the guard does not know')
    for (const name of Object.keys(marks)) assert.ok(name === 'from' || isAllowedFormat(name))
    assert.ok(!isAllowedFormat('from') && !isAllowedFormat('id') && !isAllowedFormat('onclick'))
  })

  it('[SY31] what stands where the schema has it not is refused by name', () => {
    const known = fresh()
    const structs = [
      rootItem(ROOT, 7, element('recommendation')), // 0
      inside(1, 0, 7, element('field')), // 1
      inside(1, 1, 7, (encoder) => encoding.writeVarUint(encoder, 6)), // 2: its text
      inside(1, 2, 4, letters('ก')), // 3
      inside(1, 0, 8, anyOf('id1'), 'id'), // 4
    ]
    assert.equal(pass(known, handUpdate(1, 0, structs), 'p').kind, 'new')
    const refused = (rule: string, struct: (encoder: encoding.Encoder) => void): void =>
      assert.equal(ruleOf(pass(known, handUpdate(1, 5, [struct]), 'p')), rule)
    refused('unknown root', inRoot('ก', 'section:evidence'))
    refused('element', inside(1, 0, 7, element('recommendation')))
    refused('element', inside(1, 1, 7, element('choice')))
    refused(
      'content here',
      inside(1, 0, 7, (encoder) => encoding.writeVarUint(encoder, 6)),
    )
    refused('content here', inside(1, 0, 4, letters('ก')))
    refused('content here', inside(1, 2, 8, anyOf(1)))
    refused('embed', inside(1, 2, 5, letters('{"id":"x"}')))
    refused('embed', inside(1, 2, 5, letters('{"cite":"a","id":"x"}')))
    refused(
      'format',
      inside(1, 2, 6, (encoder) => ['onclick', 'true'].forEach((text) => letters(text)(encoder))),
    )
    refused(
      'format value',
      inside(1, 2, 6, (encoder) => ['strong', '{}'].forEach((text) => letters(text)(encoder))),
    )
    refused('attribute', inside(1, 1, 8, anyOf('x'), 'levelOf'))
    refused('attribute', inside(1, 2, 8, anyOf('x'), 'name'))
    refused(
      'attribute',
      rootItem(ROOT, 8 | 0x20, (encoder) => {
        letters('id')(encoder)
        anyOf('x')(encoder)
      }),
    )
    refused('attribute value', inside(1, 0, 8, anyOf({ a: 1 }), 'unit'))
    refused('attribute value', inside(1, 0, 8, anyOf('a', 'b'), 'unit'))
    // An overwriting value names only its predecessor.
    refused('attribute value', behind(1, 4, 'letters'))
    // All twelve sections are there in a draft of the long template.
    assert.equal(
      pass(new KnownText(LONG_TEMPLATE.id, false), handUpdate(1, 0, [inRoot('ก', 'section:evidence')]), 'p').kind,
      'new',
    )
  })

  it('[SY32] an item between two parents, in what is no type, or in a circle is refused', () => {
    const known = fresh()
    const structs = [inRoot('กข'), inRoot('คง', 'section:title')]
    assert.equal(pass(known, handUpdate(1, 0, structs), 'p').kind, 'new')
    assert.equal(ruleOf(pass(known, handUpdate(1, 4, [between([1, 1], [1, 2])]), 'p')), 'two parents')
    assert.equal(pass(known, handUpdate(1, 4, [between([1, 0], [1, 1])]), 'p').kind, 'new')
    assert.equal(ruleOf(pass(known, handUpdate(1, 5, [inside(1, 0, 4, letters('ก'))]), 'p')), 'parent is no type')
    const circle = Buffer.concat([
      Buffer.from([2]),
      ...[
        [3, 2],
        [2, 3],
      ].map(([own, other]) => handUpdate(own!, 0, [behind(other!, 0, 'x')]).slice(1, -1)),
      Buffer.from([0]),
    ])
    assert.equal(ruleOf(pass(known, circle, 'p')), 'circle')
  })

  it('[SY32] who writes in a recommendation that somebody deleted and a base forgot is no rogue', () => {
    const doc = newDraftDoc()
    const root = sectionRoot(doc, 'background')
    const held = [rootItem(ROOT, 7, element('recommendation')), inside(1, 0, 8, anyOf('id1'), 'id')]
    Y.applyUpdate(doc, handUpdate(1, 0, held))
    root.delete(0, 1)
    const known = fresh()
    known.learn(Y.encodeStateAsUpdate(doc), null)
    assert.equal(pass(known, handUpdate(2, 0, [inside(1, 0, 8, anyOf('บาท'), 'unit')]), 'p').kind, 'new')
    assert.equal(pass(known, handUpdate(2, 1, [behind(1, 1, 'x')]), 'p').kind, 'new')
    assert.equal(known.placeAt({ client: 2, clock: 0 }), DEAD)
  })

  it('[SY33] what the text has already is cut off: a copy with other letters never comes into a base', () => {
    const known = fresh()
    const honest = [handUpdate(1, 0, [inRoot('กขค')]), handUpdate(1, 3, [behind(1, 2, 'งจ')])]
    for (const update of honest) assert.equal(pass(known, update, 'alice').kind, 'new')
    // One piece over both, with other letters; together with something new of one's own.
    const forged = Buffer.concat([
      Buffer.from([2]),
      handUpdate(2, 0, [behind(1, 4, '!')]).slice(1, -1),
      handUpdate(1, 0, [inRoot('XXXXX')]).slice(1, -1),
      Buffer.from([0]),
    ])
    const verdict = pass(known, forged, 'mallory')
    assert.ok(verdict.kind === 'new')
    const text = (update: Uint8Array): string => {
      const doc = newDraftDoc()
      Y.applyUpdate(doc, update)
      return sectionRoot(doc, 'background').toString()
    }
    assert.equal(text(Y.mergeUpdates([...honest, verdict.bytes])), 'กขคงจ!')
    assert.notEqual(
      text(Y.mergeUpdates([...honest, forged])),
      'กขคงจ!',
      'the attack does not work: this test shows nothing',
    )
    // One's own text, sent again with what came since.
    const again = pass(known, handUpdate(1, 0, [inRoot('กขคงจฉ')]), 'alice')
    assert.ok(again.kind === 'new')
    assert.equal(text(Y.mergeUpdates([...honest, verdict.bytes, again.bytes])).replace('!', ''), 'กขคงจฉ')
  })

  it('[SY34] U+FEFF and half an emoji count as yjs counts them', () => {
    const known = fresh()
    const doc = newDraftDoc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const root = sectionRoot(doc, 'background')
    for (const text of ['\uFEFFก', '\u200B\u202E', '\uD83D', '😀', 'ข']) root.insert(root.length, text)
    root.delete(6, 1)
    for (const update of updates) assert.equal(pass(known, update, 'p').kind, 'new')
    assert.equal(known.endOf(doc.clientID), Y.getState(doc.store, doc.clientID))
  })

  it('[SY35] what is not durable is taken back whole: the same update passes again', () => {
    const wire: Wire = { log: [] }
    const first = seedOf()
    runConcurrently(3, STEPS, ACTIONS, wire, first)
    const known = fresh()
    known.learn(first, 'server')
    const half = Math.floor(wire.log.length / 2)
    for (const { from, update } of wire.log.slice(0, half)) pass(known, update, `p${from.doc.clientID}`)
    known.settle(Infinity)
    const before = [...known.stateVector]
    const verdicts = (): string[] =>
      wire.log.slice(half).map(({ from, update }) => pass(known, update, `p${from.doc.clientID}`).kind)
    const firstTime = verdicts()
    known.takeBack()
    assert.deepEqual([...known.stateVector], before)
    assert.deepEqual(verdicts(), firstTime)
    assert.ok(firstTime.length > 20)
  })
})
