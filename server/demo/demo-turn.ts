/** Of several nodes that start at once on one database one makes the demo; the others wait, and go on where it died. */
import { Schema, type Connection } from 'mongoose'

/** A node that has not said for so long that it is still at it is not. */
const TURN_MS = 20_000
const RENEW_MS = 5_000
const LOOK_MS = 1_000
const ID = 'demo'
const DUPLICATE_KEY = 11_000

type TurnRecord = { _id: string; holder: string; until: Date; v: number }
const turnSchema = new Schema<TurnRecord>({ _id: String, holder: String, until: Date, v: Number })

/** Runs `make` when it is this node's turn; gives up, with null, once `stopping` says so. */
export async function inTurn<Made>(
  connection: Connection,
  node: string,
  stopping: () => boolean,
  make: () => Promise<Made>,
): Promise<Made | null> {
  const turns = connection.model('turn', turnSchema)
  const until = (): Date => new Date(Date.now() + TURN_MS)

  const take = async (): Promise<boolean> => {
    try {
      const free = { _id: ID, until: { $lt: new Date() } }
      const taken = await turns.updateOne(free, { $set: { holder: node, until: until(), v: 1 } }, { upsert: true })
      return taken.modifiedCount + taken.upsertedCount > 0
    } catch (error) {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error
      return false
    }
  }

  while (!(await take())) {
    if (stopping()) return null
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  const renewing = setInterval(() => {
    // A renewal that fails is made by the next one.
    turns.updateOne({ _id: ID, holder: node }, { $set: { until: until() } }).then(undefined, () => undefined)
  }, RENEW_MS)
  try {
    return await make()
  } finally {
    clearInterval(renewing)
    // Not on a stop: the connection is closing, and the turn runs out by itself.
    if (!stopping()) await turns.deleteOne({ _id: ID, holder: node })
  }
}
