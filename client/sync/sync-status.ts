/** The four states of one's own words, told from plain facts; never more than is true. */
import type { SetAside } from './device-store.ts'

export type SaveState = 'sending' | 'saved' | 'local' | 'failed'

export type SyncStatus = {
  readonly save: SaveState
  /** The page just opened or woke: whether what it shows is the server's is being found out, and nothing is called saved. */
  readonly checking: boolean
  readonly connected: boolean
  /** There is no connection, and it is not only the first being made. */
  readonly offline: boolean
  /** The server's text has been seen on this connection. */
  readonly synced: boolean
  /** The server is there and does not store what it gets; it will. */
  readonly storeAway: boolean
  /** This device keeps nothing when the page closes: refused altogether, or full. */
  readonly memoryOnly: boolean
  /** Why the server ended the connection for good (4400-4499), or null. */
  readonly closed: number | null
  /** Why an edit was refused, or null. */
  readonly refused: string | null
  readonly aside: readonly SetAside[]
}

/** What the status is told from. */
export type SyncFacts = Omit<SyncStatus, 'save' | 'checking'> & {
  /** Own edits that the server has not acknowledged. */
  readonly unsent: number
  /** Opened or woken, and not yet heard from the server. */
  readonly unsure: boolean
}

export function statusOf({ unsent, unsure, ...facts }: SyncFacts): SyncStatus {
  const waiting = unsent > 0
  const failed = facts.closed !== null || facts.refused !== null
  const checking = !failed && (unsure || (facts.connected && !facts.synced))
  const save = (): SaveState => {
    if (failed && (waiting || facts.aside.length > 0)) return 'failed'
    if (waiting) return facts.offline || facts.storeAway ? 'local' : 'sending'
    return checking ? 'sending' : 'saved'
  }
  return { ...facts, save: save(), checking: checking && !waiting }
}
