/** Who else has which clauses in hand, and telling the others what this window has: a notice, never a lock. */
import { useEffect } from 'preact/hooks'
import type { othersDeciding, tellDeciding } from '../../shared/merging/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useMay } from '../workshop/use-may.ts'

/** The server forgets after 45 s without a word. */
const AGAIN_MS = 20_000

export type InHand = { readonly person: string; readonly name: string }

/** Names by clause key. `picked` is what this window has in hand; only somebody who may decide tells it. */
export function useInHand(workshop: string, picked: ReadonlySet<string>): ReadonlyMap<string, InHand> {
  const params = { workshop }
  const { state, reload } = useRecord<typeof othersDeciding>(
    'GET',
    '/api/workshops/:workshop/merge/in-hand',
    { params },
    [`merge:${workshop}`],
  )
  const decides = useMay()('merge.decide', workshop)
  const mine = [...picked].sort((a, b) => a.localeCompare(b)).join('\n')
  useEffect(() => {
    if (!decides) return undefined
    const tell = (clauses: readonly string[]) => {
      const path = '/api/workshops/:workshop/merge/in-hand'
      // Offline nobody sees it anyway: the next telling tries again.
      call<typeof tellDeciding>('PUT', path, { params, body: { clauses: [...clauses] } }).catch(() => undefined)
    }
    const clauses = mine === '' ? [] : mine.split('\n')
    tell(clauses)
    const timer = setInterval(() => {
      tell(clauses)
      reload()
    }, AGAIN_MS)
    return () => clearInterval(timer)
  }, [workshop, mine, decides])
  useEffect(() => {
    if (!decides) return undefined
    const leave = () => {
      const path = '/api/workshops/:workshop/merge/in-hand'
      call<typeof tellDeciding>('PUT', path, { params, body: { clauses: [] } }).catch(() => undefined)
    }
    return leave
  }, [workshop, decides])
  const others = state.kind === 'ready' ? state.value : []
  return new Map(others.flatMap(({ person, name, clauses }) => clauses.map((key) => [key, { person, name }] as const)))
}
