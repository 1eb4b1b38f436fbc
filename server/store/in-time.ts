/** A bound on how long a store is waited for: what is asked must be told to somebody, who cannot wait for ever. */
import { soon } from '../soon.ts'
import { StoreError } from './store-error.ts'

/** For looking up who asks and what they may do. */
export const LOOKUP_MS = 10_000

/**
 * What was asked, or a StoreError after `ms` milliseconds. The driver of MongoDB (7.8) has no such bound of its own, and a question that is
 * begun in the very turn in which it learns that the connection is gone waits for ever: it writes to a socket that nobody reports as closed.
 */
export function inTime<Answer>(asked: Promise<Answer>, ms: number): Promise<Answer> {
  return soon(asked, ms, (): never => {
    throw new StoreError('unreachable', `the database gave no answer in ${ms} ms`)
  })
}
