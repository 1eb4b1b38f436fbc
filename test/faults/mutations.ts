/** Broken and hostile frames for the fuzz: honest updates with bytes changed, updates written from valid parts wrongly put together, and each rule's own. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { newDraftDoc, sectionRoot } from '../../shared/drafting/document.ts'
import { SHORT_TEMPLATE } from '../../shared/drafting/template.ts'
import { newField } from '../../shared/drafting/build.ts'
import { bytesOf, framed, presenceFrame } from '../support/raw-client.ts'

export type Random = () => number
type Write = (encoder: encoding.Encoder) => void
type Id = readonly [client: number, clock: number]

export const string =
  (text: string): Write =>
  (encoder) =>
    encoding.writeVarString(encoder, text)
const numbers =
  (...list: readonly number[]): Write =>
  (encoder) =>
    list.forEach((n) => encoding.writeVarUint(encoder, n))
const any =
  (...values: readonly unknown[]): Write =>
  (encoder) => {
    encoding.writeVarUint(encoder, values.length)
    for (const value of values) encoding.writeAny(encoder, value as never)
  }
const all =
  (...parts: readonly Write[]): Write =>
  (encoder) =>
    parts.forEach((part) => part(encoder))
const below = (random: Random, n: number): number => Math.floor(random() * n)
export const pick = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const SECTIONS = SHORT_TEMPLATE.sections.map(({ id }) => id)

/** An update of clients with structs, and deletions. */
export function updateOf(
  clients: readonly { readonly id: Id; readonly structs: readonly Write[] }[],
  deletes: readonly (readonly [...Id, length: number])[] = [],
): Uint8Array {
  return bytesOf((encoder) => {
    encoding.writeVarUint(encoder, clients.length)
    for (const { id, structs } of clients) {
      numbers(structs.length, ...id)(encoder)
      for (const write of structs) write(encoder)
    }
    encoding.writeVarUint(encoder, deletes.length)
    for (const [client, clock, length] of deletes) numbers(client, 1, clock, length)(encoder)
  })
}

export type Where = { readonly left?: Id; readonly right?: Id; readonly parent?: string | Id; readonly sub?: string }

/** One struct; `ref` is the number of its content. */
export function struct(ref: number, { left, right, parent, sub }: Where, content: Write): Write {
  return (encoder) => {
    const bits = (left === undefined ? 0 : 0x80) | (right === undefined ? 0 : 0x40) | (sub === undefined ? 0 : 0x20)
    encoding.writeUint8(encoder, ref | bits)
    if (left !== undefined) numbers(...left)(encoder)
    if (right !== undefined) numbers(...right)(encoder)
    if (left === undefined && right === undefined) {
      if (typeof parent === 'string') all(numbers(1), string(parent))(encoder)
      else numbers(0, ...(parent ?? [0, 0]))(encoder)
      if (sub !== undefined) string(sub)(encoder)
    }
    content(encoder)
  }
}

const CONTENTS: readonly (readonly [ref: number, write: Write])[] = [
  [4, string('ก')],
  [4, string('word')],
  [4, string('')],
  [5, string('{"id":"abcdefghijkl"}')],
  [5, string('{"cite":"law1"}')],
  [5, string('{"image":1}')],
  [5, string('{"id":')],
  [5, string(nested(40))],
  [6, all(string('strong'), string('true'))],
  [6, all(string('kind'), string('"heading"'))],
  [6, all(string('strong'), string('{"a":[]}'))],
  [6, all(string('onclick'), string('1'))],
  [7, all(numbers(3), string('recommendation'))],
  [7, all(numbers(3), string('field'))],
  [7, all(numbers(3), string('choice'))],
  [7, all(numbers(3), string('script'))],
  [7, numbers(6)],
  [7, numbers(1)],
  [8, any('x')],
  [8, any(600)],
  [8, any({ a: 1 })],
  [8, any(['a', 'b'], 2)],
  [
    8,
    all(
      numbers(1),
      (encoder) => encoding.writeUint8Array(encoder, new Uint8Array([118, 1])),
      string('__proto__'),
      any(),
    ),
  ],
  [8, all(numbers(1), (encoder) => encoding.writeUint8(encoder, 116))],
  [1, numbers(3)],
  [0, numbers(2)],
  [3, numbers(1, 1)],
  [2, numbers(1, 1)],
]
const SUBS = ['id', 'name', 'value', 'unit', 'levelOf', 'onclick', '__proto__'] as const

/** Ids of a document's items, types among them. */
function idsOf(doc: Y.Doc): Id[] {
  return [...doc.store.clients.values()].flatMap((structs) =>
    structs.map(({ id, length }) => [id.client, id.clock + (length > 3 ? 1 : length - 1)] as const),
  )
}

/** Structs of fresh client ids with neighbours and parents drawn from what is there: most are well formed, few may stand there. */
export function assembled(random: Random, known: Y.Doc): Uint8Array {
  const ids = idsOf(known)
  const own = 1 + below(random, 2 ** 32 - 2)
  const count = 1 + below(random, 4)
  const id = (at: number): Id => {
    const draw = random()
    if (draw < 0.75) return pick(random, ids)
    if (draw < 0.95 && at > 0) return [own, below(random, at)]
    return draw < 0.98 ? [own, at + below(random, 3)] : [pick(random, ids)[0], below(random, 5000)]
  }
  const where = (at: number): Where => {
    const draw = random()
    if (draw < 0.3) return { left: id(at) }
    if (draw < 0.4) return { right: id(at) }
    if (draw < 0.5) return { left: id(at), right: id(at) }
    const sub = random() < 0.3 ? { sub: pick(random, SUBS) } : {}
    if (draw < 0.75) return { parent: id(at), ...sub }
    return { parent: random() < 0.9 ? `section:${pick(random, SECTIONS)}` : 'decisions', ...sub }
  }
  const structs = Array.from({ length: count }, (_, at) => {
    const [ref, write] = pick(random, random() < 0.6 ? CONTENTS.slice(0, 5) : CONTENTS)
    return ref === 0 ? all(numbers(0), write) : struct(ref, where(at), write)
  })
  const deletes = random() < 0.3 ? [[...id(count), 1 + below(random, 3)] as const] : []
  return updateOf([{ id: [own, random() < 0.03 ? 1 + below(random, 9) : 0], structs }], deletes)
}

/** What an honest page would send after one edit on top of `known`. */
export function honest(random: Random, known: Y.Doc): Uint8Array {
  const doc = newDraftDoc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(known))
  const before = Y.encodeStateVector(doc)
  const root = sectionRoot(doc, random() < 0.1 ? 'minority_view' : pick(random, SECTIONS.slice(0, 4)))
  const at = below(random, root.length + 1)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const draw = random()
  if (draw < 0.4) root.insert(at, pick(random, ['ผู้สูงอายุ', 'ก', '600 บาท', '😀']))
  else if (draw < 0.5) root.insertEmbed(at, { id: `clause${below(random, 1e6)}` })
  else if (draw < 0.6 && root.length > at) root.format(at, Math.min(3, root.length - at), { strong: true })
  else if (draw < 0.7 && root.length > at) root.delete(at, Math.min(3, root.length - at))
  else if (draw < 0.85) {
    const element = new Y.XmlElement('recommendation')
    root.insertEmbed(at, element)
    element.setAttribute('id', `measure${below(random, 1e6)}`)
    element.insert(0, [newField('measure', [{ text: 'ขยายเบี้ย' }])])
  } else root.insert(at, 'x'.repeat(below(random, 200)))
  const update = updates.length === 0 ? Y.encodeStateAsUpdate(doc, before) : Y.mergeUpdates(updates)
  doc.destroy()
  return update
}

/** One person's letters at the end of a section. */
export function honestLetters(client: number, letters: string): Uint8Array {
  return updateOf([{ id: [client, 0], structs: [struct(4, { parent: 'section:background' }, string(letters))] }])
}

/** A letter between two of one piece that are told in the wrong order, or with others between. */
export function crossed(random: Random, known: Y.Doc): Uint8Array {
  const pieces = [...known.store.clients.values()].flat().filter(({ length }) => length > 2)
  const piece = pieces.length === 0 ? null : pick(random, pieces)
  if (piece === null) return assembled(random, known)
  const at = (): Id => [piece.id.client, piece.id.clock + below(random, piece.length)]
  return updateOf([
    { id: [1 + below(random, 2 ** 32 - 2), 0], structs: [struct(4, { left: at(), right: at() }, string('x'))] },
  ])
}

/** A few bytes changed, dropped, doubled or put in. */
export function garbled(random: Random, bytes: Uint8Array): Uint8Array {
  const list = [...bytes]
  for (let n = 1 + below(random, 3); n > 0; n--) {
    const at = below(random, list.length)
    const draw = random()
    if (draw < 0.35) list[at] = (list[at] ?? 0) ^ (1 << below(random, 8))
    else if (draw < 0.55) list[at] = below(random, 256)
    else if (draw < 0.65) list.splice(at, 1 + below(random, 3))
    else if (draw < 0.75) list.splice(at, 0, below(random, 256))
    else if (draw < 0.85) list.splice(at, 0, ...list.slice(at, at + below(random, 8)))
    else if (draw < 0.95) list[at] = (list[at] ?? 0) + pick(random, [-1, 1])
    else list.length = Math.max(1, at)
  }
  return new Uint8Array(list)
}

/** Frames of which each breaks one rule whatever the text is. Some are large, to see what reading them costs the others. */
export function ofEachRule(): Readonly<Record<string, Uint8Array>> {
  const root = { parent: 'section:background' }
  const text = (own: number): Uint8Array => updateOf([{ id: [own, 0], structs: [struct(4, root, string('ก'))] }])
  const content = (ref: number, write: Write): Uint8Array =>
    framed(0, 2, updateOf([{ id: [77, 0], structs: [struct(ref, root, write)] }]))
  const many = (count: number, write: (at: number) => Write): Write[] =>
    Array.from({ length: count }, (_, at) => write(at))
  const loop = (own: number, other: number) => ({
    id: [own, 0] as const,
    structs: [struct(4, { left: [other, 0] }, string('x'))],
  })
  return {
    'unknown message': new Uint8Array([42, 1, 1]),
    'unknown sync step': new Uint8Array([0, 9, 0]),
    'ends early': framed(0, 2, text(77).slice(0, -1)),
    'trailing bytes': framed(0, 2, new Uint8Array([...text(77), 0])),
    'number too large': framed(0, 2, new Uint8Array([1, 1, ...new Uint8Array(12).fill(0xff), 1])),
    'bad UTF-8': content(4, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([0xc3, 0x28]))),
    'impossible count': framed(0, 2, bytesOf(numbers(1, 2 ** 25, 77, 0))),
    'clients out of order': framed(
      0,
      2,
      updateOf([77, 79].map((own) => ({ id: [own, 0], structs: [struct(4, root, string('ก'))] }))),
    ),
    'client twice': framed(
      0,
      2,
      updateOf(
        [],
        [77, 77].map((own) => [own, 0, 1]),
      ),
    ),
    'bad struct': framed(0, 2, updateOf([{ id: [77, 0], structs: [numbers(0x40, 1)] }])),
    'kind of content': content(9, all(string('guid'), any({}))),
    'kind of value': content(8, any(5n)),
    'bad JSON': content(5, string('{"id":')),
    'deep JSON': content(5, string(nested(5000))),
    key: content(8, all(numbers(1, 118, 1), string('__proto__'), numbers(126))),
    'zero length': content(4, string('')),
    'clock overflow': framed(0, 2, updateOf([{ id: [77, 2 ** 31], structs: [struct(4, root, string('ก'))] }])),
    'never neighbours': framed(
      0,
      2,
      updateOf([
        {
          id: [77, 0],
          structs: [struct(4, root, string('กขค')), struct(4, { left: [77, 2], right: [77, 1] }, string('x'))],
        },
      ]),
    ),
    'self-origin': framed(0, 2, updateOf([{ id: [77, 0], structs: [struct(4, { left: [77, 0] }, string('ก'))] }])),
    circle: framed(0, 2, updateOf([loop(78, 77), loop(77, 78)])),
    'future delete': framed(0, 2, updateOf([], [[77, 5, 3]])),
    'missing predecessor': framed(0, 1, updateOf([{ id: [77, 9], structs: [struct(4, root, string('ก'))] }])),
    missing: framed(0, 2, updateOf([{ id: [77, 9], structs: [struct(4, root, string('ก'))] }])),
    'too many client ids': framed(
      0,
      2,
      updateOf(
        Array.from({ length: 300 }, (_, at) => ({ id: [1200 - at, 0], structs: [struct(4, root, string('ก'))] })),
      ),
    ),
    'too-large': content(4, string('ก'.repeat(100_000))),
    'too-large by structs': framed(0, 2, updateOf([{ id: [77, 0], structs: many(900_000, () => numbers(0, 1)) }])),
    'too-large by deletions': framed(
      0,
      2,
      bytesOf((encoder) => {
        numbers(0, 1, 77, 600_000)(encoder)
        for (let at = 0; at < 600_000; at++) numbers(at % 100, 1)(encoder)
      }),
    ),
    'too many presence ids': presenceFrame(Array.from({ length: 100_000 }, (_, client) => [client, '{}'])),
    'presence too large': presenceFrame([[79, JSON.stringify({ x: 'x'.repeat(5000) })]]),
    'bad presence': presenceFrame([[80, '{']]),
    'presence is not an object': presenceFrame([[81, '7']]),
  }
}
