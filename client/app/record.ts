/** Records that keep themselves fresh: fetched once, fetched again when news of their topics comes. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Endpoint, InputOf, ReplyOf } from '../../shared/http/endpoint.ts'
import { call, CallFailed } from './api.ts'
import { follow } from './news.ts'

export type RecordState<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: Value; readonly stale: boolean }
  | { readonly kind: 'failed'; readonly error: CallFailed }

/** Least time between two fetches of the same record that news asked for. */
const CALM_MS = 250

/**
 * `useRecord<typeof wall>('GET', '/api/…', { params }, ['workshop:…'])`: the state and the way to look again.
 * `stale` is true while the last look failed (offline) and the shown value is from before. `input` null waits.
 */
export function useRecord<E extends Endpoint>(
  method: E['method'],
  path: E['path'],
  input: InputOf<E> | null,
  topics: readonly string[] = [],
): { readonly state: RecordState<ReplyOf<E>>; readonly reload: () => void } {
  const [state, setState] = useState<RecordState<ReplyOf<E>>>({ kind: 'loading' })
  const turn = useRef(0)
  const key = JSON.stringify(input)
  const look = useCallback(() => {
    if (key === 'null') return
    const mine = ++turn.current
    call<E>(method, path, JSON.parse(key) as InputOf<E>).then(
      (value) => {
        if (mine === turn.current) setState({ kind: 'ready', value, stale: false })
      },
      (error: unknown) => {
        if (mine !== turn.current) return
        const failed = error instanceof CallFailed ? error : new CallFailed(0, 'unexpected', { th: '', en: '' })
        setState((old) =>
          old.kind === 'ready' && failed.status === 0 ? { ...old, stale: true } : { kind: 'failed', error: failed },
        )
      },
    )
  }, [method, path, key])
  const topicKey = topics.join(' ')
  useEffect(() => {
    look()
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        look()
      }, CALM_MS)
    }
    const stops = topicKey === '' ? [] : topicKey.split(' ').map((topic) => follow(topic, soon))
    addEventListener('online', soon)
    return () => {
      turn.current++
      clearTimeout(timer)
      removeEventListener('online', soon)
      for (const stop of stops) stop()
    }
  }, [look, topicKey])
  return { state, reload: look }
}
