/** Accounts for every typed letter of a run: each is a different character, so loss, doubling and place are counted exactly. */
import type { Node } from 'prosemirror-model'
import { MEASURES } from './places.ts'
import { textPlaces } from './writer.ts'

export const ACTIONS = ['type', 'split', 'join', 'kind', 'move', 'delete', 'range', 'undo', 'redo', 'paste'] as const
export type Action = (typeof ACTIONS)[number]

const FIRST_LETTER = 0x4e00 // CJK: one UTF-16 unit each, none of them in the seed

/** How `textPlaces` names a clause without id. */
const NO_ID = ''

export const lettersOf = (text: string): string[] => [...text].filter((letter) => letter >= '\u4e00')

/** Letters and blocks that a run ended with. Lists hold letters or ids. */
export type Account = {
  readonly typed: number
  /** Typed, deleted by nobody who saw it, and neither in the text nor offered. */
  readonly lost: string[]
  /** Standing more than once. */
  readonly doubled: string[]
  readonly offered: number
  /** Standing in a clause it was typed in, or into which somebody brought it with sight. */
  readonly inClause: number
  /** Deleted by nobody who saw it, standing only elsewhere, not offered: after splits and joins that may be right, after moves and deletions it is not. */
  readonly strayed: string[]
  /** Deleted by somebody who saw it, and standing elsewhere: a copy that another's move made meanwhile. */
  readonly outlived: string[]
  readonly vanished: string[]
}

type Places = {
  readonly clauseOf: ReadonlyMap<string, string>
  /** The clause of each place, in reading order. */
  readonly order: readonly string[]
  readonly nodes: readonly Node[]
  readonly ids: ReadonlySet<string>
}

function placesIn(doc: Node): Places {
  const clauseOf = new Map<string, string>()
  const order: string[] = []
  const nodes: Node[] = []
  for (const { node, clause } of textPlaces(doc)) {
    order.push(clause)
    nodes.push(node)
    for (const letter of lettersOf(node.textContent)) clauseOf.set(letter, clause)
  }
  return { clauseOf, order, nodes, ids: new Set(order) }
}

export class Ledger {
  readonly effects = Object.fromEntries(ACTIONS.map((action) => [action, 0])) as Record<Action, number>
  #next = FIRST_LETTER
  /** Where a letter may stand. */
  readonly #homes = new Map<string, Set<string>>()
  /** A clause that got a fresh id (of two with one id the later one, at its next edit) → the id it had. */
  readonly #renamed = new Map<string, string>()
  /** Clauses that got their first id by an edit: two people may both give one to the same text, and it keeps the later of the two. */
  readonly #named = new Set<string>()
  readonly #deleted = new Set<string>()
  readonly #removed = new Set<string>()

  letters(count: number): string {
    return Array.from({ length: count }, () => String.fromCharCode(this.#next++)).join('')
  }

  /** After one's own step: what was deleted with sight, what was typed where, what was brought elsewhere. */
  acted(action: Action, before: Node, after: Node): void {
    if (before.eq(after)) return
    this.effects[action]++
    const [was, is] = [placesIn(before), placesIn(after)]
    for (const letter of was.clauseOf.keys()) if (!is.clauseOf.has(letter)) this.#deleted.add(letter)
    for (const id of was.ids) if (!is.ids.has(id)) this.#removed.add(id)
    const nameless = ({ order }: Places): number => order.filter((id) => id === NO_ID).length
    if (nameless(was) > nameless(is)) for (const id of is.ids) if (!was.ids.has(id)) this.#named.add(id)
    this.#learnNames(was, is)
    if (action === 'move') this.#bring(was, is)
    for (const [letter, clause] of is.clauseOf) {
      const before = was.clauseOf.get(letter)
      if (before === clause) continue
      if (before !== undefined && !was.ids.has(clause) && action !== 'split' && action !== 'paste')
        this.#renamed.set(clause, before)
      const homes = this.#homes.get(letter) ?? new Set()
      this.#homes.set(letter, homes.add(clause))
    }
  }

  /** A step that neither adds nor takes a place, and after which one bears an id that was nowhere before: it was renamed there. */
  #learnNames(was: Places, is: Places): void {
    if (was.order.length !== is.order.length) return
    for (const [i, id] of is.order.entries()) {
      const before = was.order[i]
      if (before !== undefined && before !== NO_ID && !was.ids.has(id)) this.#renamed.set(id, before)
    }
  }

  /** Who moves a clause moves all that stands in it, with sight: places that the move drew anew. */
  #bring(was: Places, is: Places): void {
    const old = new Set(was.nodes)
    for (const [i, node] of is.nodes.entries())
      if (!old.has(node))
        for (const letter of lettersOf(node.textContent)) this.#homes.get(letter)?.add(is.order[i] ?? NO_ID)
  }

  account(doc: Node, offered: string): Account {
    const times = new Map<string, number>()
    const home = new Set<string>()
    const ids = new Set<string>()
    for (const { node, clause } of textPlaces(doc)) {
      ids.add(clause)
      for (const letter of lettersOf(node.textContent)) {
        times.set(letter, (times.get(letter) ?? 0) + 1)
        if (this.#isHome(letter, clause)) home.add(letter)
      }
    }
    const given = new Set(lettersOf(offered))
    const away = [...times.keys()].filter((letter) => !home.has(letter) && !given.has(letter))
    return {
      typed: this.#homes.size,
      lost: [...this.#homes.keys()].filter(
        (letter) => !times.has(letter) && !given.has(letter) && !this.#deleted.has(letter),
      ),
      doubled: [...times].filter(([, count]) => count > 1).map(([letter]) => letter),
      offered: given.size,
      inClause: home.size,
      strayed: away.filter((letter) => !this.#deleted.has(letter)),
      outlived: away.filter((letter) => this.#deleted.has(letter)),
      // Of two with one id one may get a fresh one while somebody deletes the other: then it stands under that.
      vanished: MEASURES.filter((id) => ![...ids].some((one) => this.#wasNamed(one, id)) && !this.#removed.has(id)),
    }
  }

  #isHome(letter: string, clause: string): boolean {
    const homes = this.#homes.get(letter) ?? new Set()
    if (this.#named.has(clause) && [...homes].some((id) => this.#named.has(id))) return true
    return [...homes].some((id) => this.#wasNamed(clause, id))
  }

  /** Does a clause bear an id, or did it before it got others? */
  #wasNamed(clause: string, id: string): boolean {
    const seen = new Set<string>()
    for (let at: string | undefined = clause; at !== undefined && !seen.has(at); at = this.#renamed.get(at)) {
      if (at === id) return true
      seen.add(at)
    }
    return false
  }
}
