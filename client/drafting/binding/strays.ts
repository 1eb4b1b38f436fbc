/**
 * Finds one's own letters that a foreign change left without their clause: letters that still live but whose clause's opening went
 * (moved, deleted), and letters that died inside a recommendation whose deleter had not seen them.
 */
import * as Y from 'yjs'
import { attributeOf, openerId } from './items.ts'

/** A set of deleted letters, client → ranges, as yjs keeps it. */
export type DeleteRanges = Parameters<typeof Y.isDeleted>[0]

/** A run of own letters, with the words that stood around it in its clause. */
export type Stray = {
  readonly clause: string | null
  readonly field: string | null
  readonly before: string
  readonly text: string
  readonly after: string
  /** Client and clock of each letter, while they live; empty for letters that died. */
  readonly living: readonly { readonly client: number; readonly clock: number }[]
}

export type Letter = { readonly unit: string; readonly own: boolean; readonly client: number; readonly clock: number }

/** Was an item alive before the transaction? */
export function livedBefore(transaction: Y.Transaction, item: Y.Item): boolean {
  if (item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)) return false
  return !item.deleted || Y.isDeleted(transaction.deleteSet, item.id)
}

/** Groups the marked letters of a clause into runs, each with all other letters before and behind it. */
export function runsOf(
  letters: readonly Letter[],
  clause: string | null,
  field: string | null,
  alive: boolean,
): Stray[] {
  const others = letters.filter(({ own }) => !own).map(({ unit }) => unit)
  const runs: Stray[] = []
  let passed = 0
  let run: { before: string; text: string; living: { client: number; clock: number }[] } | null = null
  const close = (): void => {
    if (run === null) return
    const after = others.slice(passed).join('')
    runs.push({ clause, field, before: run.before, text: run.text, after, living: alive ? run.living : [] })
    run = null
  }
  for (const { unit, own, client, clock } of letters) {
    if (!own) {
      close()
      passed++
      continue
    }
    run ??= { before: others.slice(0, passed).join(''), text: '', living: [] }
    run.text += unit
    run.living.push({ client, clock })
  }
  close()
  return runs
}

export function lettersOf(item: Y.Item, own: (clock: number) => boolean): Letter[] {
  if (!(item.content instanceof Y.ContentString)) return []
  const { client, clock } = item.id
  return Array.from({ length: item.length }, (_, i) => ({
    unit: (item.content as Y.ContentString).str.charAt(i),
    own: own(clock + i),
    client,
    clock: clock + i,
  }))
}

/** Was an item made within the transaction, right behind one of `heads`: an opening and what was dead behind it already? */
function isBehind(transaction: Y.Transaction, item: Y.Item, heads: ReadonlySet<unknown>): boolean {
  const isNew = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
  return isNew && item.origin !== null && heads.has(Y.getItem(transaction.doc.store, item.origin))
}

/**
 * Letters that live on after their clause's opening went. The clause was joined, and they are where they belong, when it left no trace,
 * was not made anew by the same change, and letters of it live that somebody else typed (or it had none).
 */
function strayOf(transaction: Y.Transaction, opener: Y.Item, own: number, isReborn: (id: string) => boolean): Stray[] {
  const id = openerId(opener) ?? null
  const letters: Letter[] = []
  const heads = new Set<unknown>([opener])
  let isHead = true
  let [dead, foreign] = [0, 0]
  let isDeletion = id !== null && isReborn(id)
  for (let item = opener.right; item !== null; item = item.right) {
    const lived = livedBefore(transaction, item)
    if (openerId(item) !== undefined) {
      if (lived) break
      // A new opening in the same place: the clause was given another id, and what was typed at its start goes with it.
      if (!item.deleted && isBehind(transaction, item, heads))
        return runsOf(letters, openerId(item) ?? null, null, true)
      continue
    }
    // Made and deleted at once: that is what a deleted or moved clause leaves.
    if (item.deleted && !(item.content instanceof Y.ContentFormat) && isBehind(transaction, item, heads))
      isDeletion = true
    isHead &&= item.deleted && !lived
    if (isHead) heads.add(item)
    if (!lived || !(item.content instanceof Y.ContentString)) continue
    const isOwn = item.id.client === own && !item.deleted
    if (item.deleted) dead += item.length
    else if (!isOwn) foreign += item.length
    letters.push(...lettersOf(item, () => isOwn))
  }
  const isJoin = !isDeletion && (foreign > 0 || dead === 0)
  return isJoin ? [] : runsOf(letters, id, null, true)
}

/** Letters that died in a field or cell although nobody named them. The text is still there: garbage is collected later. */
function deadIn(transaction: Y.Transaction, text: Y.XmlText, own: number, named: DeleteRanges): Stray[] {
  const holder = text.parent
  if (!(holder instanceof Y.XmlElement)) return []
  const field = holder.nodeName === 'field' ? attributeOf(holder, 'name') : null
  let block: Y.XmlElement = holder
  while (block.parent instanceof Y.XmlElement) block = block.parent
  const letters: Letter[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (!livedBefore(transaction, item)) continue
    const { client } = item.id
    const died = item.deleted && client === own
    letters.push(...lettersOf(item, (clock) => died && !Y.isDeleted(named, Y.createID(client, clock))))
  }
  return runsOf(letters, attributeOf(block, 'id'), field, false)
}

/**
 * All strays of one foreign transaction, to be called in its `afterTransaction`. `named` is the delete set of the update's own bytes
 * (`Y.decodeUpdate(bytes).ds`): what its author deleted with sight. `isReborn` says whether a living clause with this id was
 * made in this transaction (moved, restored).
 */
export function straysOf(
  transaction: Y.Transaction,
  own: number,
  named: DeleteRanges,
  isReborn: (id: string) => boolean,
): Stray[] {
  const strays: Stray[] = []
  const texts = new Set<Y.XmlText>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
    if (!(item instanceof Y.Item)) return
    if (item.content instanceof Y.ContentEmbed && openerId(item) !== undefined && livedBefore(transaction, item))
      strays.push(...strayOf(transaction, item, own, isReborn))
    const parent: unknown = item.parent
    const isLetter = item.content instanceof Y.ContentString && item.id.client === own && item.parentSub === null
    if (isLetter && parent instanceof Y.XmlText && parent._item !== null) texts.add(parent)
  })
  for (const text of texts) strays.push(...deadIn(transaction, text, own, named))
  return strays
}
