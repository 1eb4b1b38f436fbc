/** The words of like clauses marked against another base than the server's: worked out here, the cutter of words fetched when needed. */
import { useEffect, useState } from 'preact/hooks'
import type { TopicClauseView, TopicView } from '../../shared/merging/contract.ts'

type Pieces = TopicClauseView['pieces']

const wordsOf = (clause: TopicClauseView | undefined): string => clause?.pieces.map(({ text }) => text).join('') ?? ''

/** Pieces by clause key; empty while the server's own base stands. */
export function usePieces(topic: TopicView, base: string): ReadonlyMap<string, Pieces> {
  const [pieces, setPieces] = useState<{ readonly base: string; readonly of: ReadonlyMap<string, Pieces> }>({
    base: '',
    of: new Map(),
  })
  const chosen = topic.clauses.find((clause) => clause.key === base)
  const wanted = chosen !== undefined && topic.clauses[0]?.key !== base && chosen.like !== 'gathered'
  useEffect(() => {
    if (!wanted) return
    let current = true
    const kinds = new Set(topic.conflicts.map(({ kind }) => kind))
    import('../../shared/merging/topic-view.ts').then(
      ({ piecesOf }) => {
        if (!current) return
        const of = topic.clauses.map((clause): [string, Pieces] => {
          const other = clause.key === base ? null : wordsOf(chosen)
          return [clause.key, piecesOf(wordsOf(clause), other, kinds)]
        })
        setPieces({ base, of: new Map(of) })
      },
      // Offline before it was fetched: the server's marks stay, which are right for its own base.
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [topic, base])
  return wanted && pieces.base === base ? pieces.of : new Map()
}
