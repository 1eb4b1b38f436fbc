/** Tells a store that does not answer now, and will, from a fault of ours: for routes, which say so and what to do. */
import mongoose from 'mongoose'
import { StoreError } from './store-error.ts'

const { mongo } = mongoose

/** Names of the driver's and mongoose's errors behind which nothing is wrong with the question. */
const AWAY: ReadonlySet<string> = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoOperationTimeoutError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
])
/** Codes of a server that is no primary now, shuts down, waits too long for the others (MongoDB's manual), or has no disk left. */
const AWAY_CODES: ReadonlySet<number> = new Set([
  6, 7, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031,
])
/** A question written to a connection that just ended fails with the socket's own error, which the driver (7.8) does not wrap. */
const AWAY_SOCKETS: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET'])

export function isStoreAway(error: unknown): boolean {
  if (error instanceof StoreError) return true
  if (!(error instanceof Error)) return false
  if (AWAY.has(error.name) || AWAY_SOCKETS.has((error as NodeJS.ErrnoException).code)) return true
  return error instanceof mongo.MongoServerError && typeof error.code === 'number' && AWAY_CODES.has(error.code)
}
