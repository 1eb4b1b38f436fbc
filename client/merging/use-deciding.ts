/** What an editor has in hand on one topic: picked clauses, base, result, wording, reason; and recording it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { needsReason, takesIn, type DecisionKind } from '../../shared/merging/decisions.ts'
import type { decideClauses, TopicClauseView, TopicView, undecideClauses } from '../../shared/merging/contract.ts'
import { refKey } from '../../shared/merging/sources.ts'
import { call, type CallFailed } from '../app/api.ts'
import { useAction } from '../app/use-action.ts'

const wordsOf = (clause: TopicClauseView | undefined): string =>
  clause?.pieces.map((piece) => piece.text).join('') ?? ''

/** The result that is most likely meant: like clauses are combined, others taken as they are. */
function likelyKind(topic: TopicView): DecisionKind {
  const gathered = topic.clauses[0]?.like === 'gathered'
  return topic.clauses.length > 1 && (!gathered || topic.section === 'title') ? 'combine' : 'adopt'
}

export type Deciding = {
  readonly picked: ReadonlySet<string>
  readonly base: string
  readonly kind: DecisionKind
  readonly text: string
  readonly reason: string
  readonly needed: boolean
  readonly busy: boolean
  readonly error: CallFailed | null
  readonly pick: (key: string, on: boolean) => void
  readonly chooseBase: (key: string) => void
  readonly setKind: (kind: DecisionKind) => void
  readonly setText: (text: string) => void
  readonly setReason: (reason: string) => void
  /** Does this clause still need a result? What was recorded here needs none, also before the list has heard of it. */
  readonly isOpen: (clause: TopicClauseView) => boolean
  /** Resolves with the clauses that were decided, none when it was refused (the reason is in `error`). */
  readonly save: () => Promise<readonly TopicClauseView[]>
  readonly undo: (clauses: readonly TopicClauseView['ref'][]) => Promise<boolean>
}

export function useDeciding(workshop: string, topic: TopicView | undefined): Deciding {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [base, setBase] = useState('')
  const [kind, setKind] = useState<DecisionKind>('adopt')
  const [text, setText] = useState('')
  const [reason, setReason] = useState('')
  const action = useAction()
  const key = topic?.key
  const recorded = useRef(new Set<string>())
  /** When the picked clauses were decided, as it stood when they were picked: the server refuses what was decided since. */
  const seen = useRef(new Map<string, number | null>())
  const isOpen = ({ key, decision, change }: TopicClauseView): boolean =>
    !recorded.current.has(key) && (decision === null || change !== null)
  const begin = (at: TopicView): void => {
    const first = at.clauses.find(isOpen) ?? at.clauses[0]
    seen.current = new Map(at.clauses.map((clause) => [clause.key, clause.decision?.at ?? null]))
    setPicked(new Set(at.clauses.filter((one) => isOpen(one) && one.decision === null).map((one) => one.key)))
    setBase(first?.key ?? '')
    setKind(likelyKind(at))
    setText(wordsOf(first))
    setReason('')
  }
  // Before paint: an effect after it would wipe a result that was chosen meanwhile.
  useLayoutEffect(() => {
    if (topic === undefined) return
    begin(topic)
    action.clear()
    // A topic's news (somebody else decided) must not wipe what is being written: only another topic does.
  }, [key])

  const chosen = topic?.clauses.filter((clause) => picked.has(clause.key)) ?? []
  const conflict = chosen.length > 1 && (topic?.conflicts.length ?? 0) > 0
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    let done = false
    await action.run(async () => {
      await work()
      done = true
    })
    return done
  }
  return {
    picked,
    base,
    kind,
    text,
    reason,
    needed: needsReason(kind, conflict),
    busy: action.busy,
    error: action.error,
    pick(which, on) {
      const next = new Set(picked)
      if (on) seen.current.set(which, topic?.clauses.find((clause) => clause.key === which)?.decision?.at ?? null)
      if (on) next.add(which)
      else next.delete(which)
      setPicked(next)
    },
    chooseBase(which) {
      setBase(which)
      setText(wordsOf(topic?.clauses.find((clause) => clause.key === which)))
    },
    setKind,
    setText,
    setReason,
    isOpen,
    async save() {
      if (topic === undefined) return []
      // The base goes first: a combined recommendation keeps its fields.
      const ordered = [...chosen].sort((a, b) => Number(b.key === base) - Number(a.key === base))
      const body = {
        clauses: ordered.map((clause) => clause.ref),
        kind,
        reason,
        seen: ordered.map(({ key, decision }) => {
          const at = seen.current.get(key)
          return at === undefined ? (decision?.at ?? null) : at
        }),
        ...(takesIn(kind) && kind !== 'adopt' ? { text } : {}),
      }
      const path = '/api/workshops/:workshop/merge/decisions'
      const done = await attempt(() => call<typeof decideClauses>('POST', path, { params: { workshop }, body }))
      if (!done) {
        // What is there now is shown beside the refusal; recording again is then meant.
        seen.current = new Map()
        return []
      }
      for (const clause of ordered) recorded.current.add(clause.key)
      // Pressed again, the same clauses are not recorded again.
      begin(topic)
      return ordered
    },
    async undo(clauses) {
      const path = '/api/workshops/:workshop/merge/decisions/undo'
      const body = { clauses: [...clauses] }
      const done = await attempt(() => call<typeof undecideClauses>('POST', path, { params: { workshop }, body }))
      if (!done) return false
      recorded.current.clear()
      const keys = new Set(clauses.map(refKey))
      const back = topic?.clauses.filter((clause) => keys.has(clause.key)) ?? []
      for (const clause of back) seen.current.set(clause.key, null)
      if (back.length > 0) setPicked(new Set(back.map((clause) => clause.key)))
      return true
    },
  }
}
