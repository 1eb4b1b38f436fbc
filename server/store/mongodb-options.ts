/** How the server speaks to MongoDB: whatever hangs is given up within seconds and asked again, because rooms keep what they took and pages say so. */
import mongoose, { type Connection } from 'mongoose'
import { inTime } from './in-time.ts'
import type { SavedMeans } from '../../shared/texts/saved-means.ts'

/** With the driver's own 30 s a page would say "sending" for half a minute, and a route would hang as long. */
const SELECTION_MS = 3_000

export const MONGODB_OPTIONS: mongoose.ConnectOptions = {
  serverSelectionTimeoutMS: SELECTION_MS,
  connectTimeoutMS: SELECTION_MS,
  // A network that swallows everything is noticed by the heartbeat, which then ends what hangs on its connections.
  heartbeatFrequencyMS: 2_000,
  socketTimeoutMS: 15_000,
  waitQueueTimeoutMS: SELECTION_MS,
  // Mongoose would hold questions back for 10 s; the driver itself waits for a server, no longer than above.
  bufferCommands: false,
  readPreference: 'primary',
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5_000 },
}

/** Whether a store answers now, and what its "saved" means. */
export type StoreHealth = { readonly answers: boolean; readonly saved: SavedMeans }

const NO_ANSWER: StoreHealth = { answers: false, saved: 'nothing' }

/** Asks the primary; resolves within `SELECTION_MS`. */
export async function healthOfMongodb({ db }: Connection): Promise<StoreHealth> {
  const asked = async (): Promise<StoreHealth> => {
    // Before 4.4.2 it has its old name only.
    const hello = await db?.command({ hello: 1 }).catch(() => db.command({ isMaster: 1 }))
    if (hello === undefined) return NO_ANSWER
    const machines: unknown = hello['hosts']
    return { answers: true, saved: Array.isArray(machines) && machines.length > 1 ? 'most-machines' : 'one-machine' }
  }
  return inTime(asked(), SELECTION_MS).catch(() => NO_ANSWER)
}
