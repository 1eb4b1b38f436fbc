/** What an editor has in hand on one topic: picked clauses, base, result, wording, reason; and recording it. */
import { useLayoutEffect, useState } from 'preact/hooks'
import { needsReason, takesIn, type DecisionKind } from '../../shared/merging/decisions.ts'
import type { decideClauses, TopicClauseView, TopicView, undecideClauses } from '../../shared/merging/contract.ts'
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
  /** Resolves with the number of clauses that were decided, 0 when it was refused (the reason is in `error`). */
  readonly save: () => Promise<number>
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
  // Before paint: an effect after it would wipe a result that was chosen meanwhile.
  useLayoutEffect(() => {
    if (topic === undefined) return
    const open = topic.clauses.filter((clause) => clause.decision === null || clause.change !== null)
    const first = topic.clauses.find((clause) => open.includes(clause)) ?? topic.clauses[0]
    setPicked(new Set(open.filter((clause) => clause.decision === null).map((clause) => clause.key)))
    setBase(first?.key ?? '')
    setKind(likelyKind(topic))
    setText(wordsOf(first))
    setReason('')
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
    async save() {
      // The base goes first: a combined recommendation keeps its fields.
      const ordered = [...chosen].sort((a, b) => Number(b.key === base) - Number(a.key === base))
      const body = {
        clauses: ordered.map((clause) => clause.ref),
        kind,
        reason,
        ...(takesIn(kind) && kind !== 'adopt' ? { text } : {}),
      }
      const path = '/api/workshops/:workshop/merge/decisions'
      const done = await attempt(() => call<typeof decideClauses>('POST', path, { params: { workshop }, body }))
      return done ? ordered.length : 0
    },
    async undo(clauses) {
      const path = '/api/workshops/:workshop/merge/decisions/undo'
      const body = { clauses: [...clauses] }
      return attempt(() => call<typeof undecideClauses>('POST', path, { params: { workshop }, body }))
    },
  }
}
