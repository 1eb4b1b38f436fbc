/** Who is asking: what ports learn from a session and hand to services. */
import type { PersonId } from '../../shared/ids.ts'
import type { Standing } from '../../shared/people/roles.ts'

export type Viewer = {
  /** Null for somebody without a session. */
  readonly person: PersonId | null
  readonly name: string
  readonly standings: readonly Standing[]
  /** Hash of the session's token: names the session in events, never usable as a token. */
  readonly session: string | null
}

/** Somebody who has no session. */
export const NOBODY: Viewer = { person: null, name: '', standings: [], session: null }
