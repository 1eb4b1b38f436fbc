/** What each part of a draft's Y.Doc may hold, made from the schema: the guard's lists, so that schema and guard cannot drift. */
import type { ContentMatch, NodeType } from 'prosemirror-model'
import { DECISIONS_ROOT, FROM_PREFIX, sectionRootName } from './document.ts'
import { draftSchema } from './schema.ts'
import { templateOf, type SectionId } from './template.ts'

/** What may stand in one Yjs type: a section's root, an element, or the text inside a field or cell. */
export type Holder = {
  /** Words for logs: `section`, an element's name, or `words`. */
  readonly name: string
  /** Letters, with their formats. */
  readonly letters: boolean
  /** Keys of embeds: `id` opens a clause, `cite` is a citation. */
  readonly embeds: ReadonlySet<string>
  /** Elements by name. */
  readonly elements: ReadonlyMap<string, Holder>
  /** What a text inside it may hold, or null where none may stand. */
  readonly text: Holder | null
  /** Names of attributes; null: any name, each with any JSON (the decisions of a consolidated proposal). */
  readonly attributes: ReadonlySet<string> | null
}

const { nodes } = draftSchema
const NO_NAMES: ReadonlySet<string> = new Set()
const NO_ELEMENTS: ReadonlyMap<string, Holder> = new Map()

/** Every node type that may stand in a node, wherever in its content expression. */
function childrenOf(type: NodeType): NodeType[] {
  const found = new Set<NodeType>()
  const seen = new Set<ContentMatch>()
  const look = (match: ContentMatch): void => {
    if (seen.has(match)) return
    seen.add(match)
    for (let i = 0; i < match.edgeCount; i++) {
      const edge = match.edge(i)
      found.add(edge.type)
      look(edge.next)
    }
  }
  look(type.contentMatch)
  return [...found]
}

/** Inline nodes are embeds with their name as key. */
const INLINE_EMBEDS = childrenOf(nodes.clause).flatMap((type) => (type.isText ? [] : [type.name]))

/** The text of a field or cell: letters and citations. */
const WORDS: Holder = {
  name: 'words',
  letters: true,
  embeds: new Set(INLINE_EMBEDS),
  elements: NO_ELEMENTS,
  text: null,
  attributes: NO_NAMES,
}

/** An element: its attributes are the node's, its children the node's, and inline content stands in one text. */
function elementHolder(type: NodeType): Holder {
  return {
    name: type.name,
    letters: false,
    embeds: NO_NAMES,
    elements: type.inlineContent ? NO_ELEMENTS : elementsIn(type),
    text: type.inlineContent ? WORDS : null,
    attributes: new Set(Object.keys(type.spec.attrs ?? {})),
  }
}

/** The elements that a node may hold; a clause is no element but an embed in the section's own text. */
function elementsIn(type: NodeType): ReadonlyMap<string, Holder> {
  return new Map(
    childrenOf(type)
      .filter((child) => child !== nodes.clause)
      .map((child) => [child.name, elementHolder(child)]),
  )
}

/** A section's root: clauses opened by embeds, letters, and elements among them. */
export const SECTION: Holder = {
  name: 'section',
  letters: true,
  embeds: new Set(['id', ...INLINE_EMBEDS]),
  elements: elementsIn(nodes.section),
  text: null,
  attributes: NO_NAMES,
}

/** The root that holds merge decisions. */
export const DECISIONS: Holder = {
  name: 'decisions',
  letters: false,
  embeds: NO_NAMES,
  elements: NO_ELEMENTS,
  text: null,
  attributes: null,
}

/** What is dead (its holder was deleted and forgotten) may be anything that may stand anywhere: nobody will see it. */
export const ANYWHERE: Holder = {
  name: 'dead',
  letters: true,
  embeds: SECTION.embeds,
  elements: (() => {
    const all = new Map<string, Holder>()
    const gather = (elements: ReadonlyMap<string, Holder>): void => {
      for (const [name, holder] of elements) {
        all.set(name, holder)
        gather(holder.elements)
      }
    }
    gather(SECTION.elements)
    return all
  })(),
  text: WORDS,
  attributes: null,
}

/** A root that a draft may have. `section` is null for the decisions. */
export type Root = { readonly section: SectionId | null; readonly holder: Holder }

/** The roots of a draft by name: its template's sections, and decisions where it is the consolidated proposal. */
export function rootsOf(template: string, decisions: boolean): ReadonlyMap<string, Root> {
  const sections = templateOf(template)?.sections ?? []
  const roots = new Map<string, Root>(sections.map(({ id }) => [sectionRootName(id), { section: id, holder: SECTION }]))
  if (decisions) roots.set(DECISIONS_ROOT, { section: null, holder: DECISIONS })
  return roots
}

/** Formats are the marks, and what a clause's opening carries beside its id. A source of words is a name of its own. */
const FORMATS: ReadonlySet<string> = new Set([
  ...Object.keys(draftSchema.marks).filter((name) => `${name}:` !== FROM_PREFIX),
  ...Object.keys(nodes.clause.spec.attrs ?? {}).filter((name) => name !== 'id'),
])

/** May a draft carry this format name? */
export function isAllowedFormat(name: string): boolean {
  return FORMATS.has(name) || /^from:[a-z0-9]{1,40}:[a-z0-9~_]{1,40}$/.test(name)
}
