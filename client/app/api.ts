/** Calls to the server through the contracts' types; failures come back as what a person can read. */
import type { Endpoint, InputOf, ReplyOf } from '../../shared/http/endpoint.ts'

/** What a failed call says, in both languages; `code` is the problem's code, or `offline`. */
export class CallFailed extends Error {
  readonly status: number
  readonly code: string
  readonly detail: { readonly th: string; readonly en: string }
  readonly params: Readonly<Record<string, string | number>>
  constructor(
    status: number,
    code: string,
    detail: { th: string; en: string },
    params: Record<string, string | number> = {},
  ) {
    super(code)
    this.name = 'CallFailed'
    this.status = status
    this.code = code
    this.detail = detail
    this.params = params
  }
}

type Parts = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** The address of a route with its parameters filled. */
export function addressOf(path: string, parts: Pick<Parts, 'params' | 'query'>): string {
  const filled = path.replace(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(String(parts.params?.[name] ?? '')),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parts.query ?? {})) if (value !== undefined) query.set(name, String(value))
  return query.size > 0 ? `${filled}?${query.toString()}` : filled
}

/**
 * Calls a route: `call<typeof importRoster>('POST', '/api/…', { params, body })`.
 * Throws CallFailed: the server's problem, or `offline` when the server was not reached.
 */
export async function call<E extends Endpoint>(
  method: E['method'],
  path: E['path'],
  input: InputOf<E>,
): Promise<ReplyOf<E>> {
  const parts = (input ?? {}) as Parts
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: { 'Accept-Language': document.documentElement.lang },
  }
  if (parts.body !== undefined) {
    init.body = JSON.stringify(parts.body)
    init.headers = { ...init.headers, 'Content-Type': 'application/json' }
  }
  let response: Response
  try {
    response = await fetch(addressOf(path, parts), init)
  } catch {
    throw new CallFailed(0, 'offline', { th: '', en: '' })
  }
  if (response.status === 204) return undefined as ReplyOf<E>
  const json: unknown = await response.json().catch(() => null)
  if (response.ok) return json as ReplyOf<E>
  const problem = (json ?? {}) as {
    code?: string
    detail?: string
    detailEn?: string
    params?: Record<string, string | number>
  }
  throw new CallFailed(
    response.status,
    problem.code ?? 'unexpected',
    { th: problem.detail ?? '', en: problem.detailEn ?? '' },
    problem.params,
  )
}
