/** The server's own key: codes and card links are derived from it, so that they can be shown again and never lie in a record. */
import { createHmac, randomBytes } from 'node:crypto'
import { Schema, type Connection } from 'mongoose'

const KEY_ID = 'derive'
const schema = new Schema({ _id: String, key: { type: String, required: true }, v: Number })

export type Keys = {
  /** HMAC-SHA-256 of the words under the server's key; the same words give the same bytes for ever. */
  derive(...words: readonly string[]): Promise<Buffer>
}

/** Makes the key at the first use; with several processes the first to write wins. */
export function createKeys({ connection }: { readonly connection: Connection }): Keys {
  const model = connection.model('server-key', schema)
  let loaded: Promise<string> | undefined
  const load = async (): Promise<string> => {
    const made = await model
      .findOneAndUpdate(
        { _id: KEY_ID },
        { $setOnInsert: { key: randomBytes(32).toString('base64url'), v: 1 } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean()
    if (made === null) throw new Error('the server key could not be made')
    return made.key
  }
  return {
    async derive(...words) {
      loaded ??= load()
      const key = await loaded.catch((error: unknown) => {
        loaded = undefined
        throw error
      })
      return createHmac('sha256', key).update(words.join('\u0000')).digest()
    },
  }
}
