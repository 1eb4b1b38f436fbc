/** The personal link of each person of a roster: on the card as a QR, and kept for coming back. One a person; a new one kills the old. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId } from '../../shared/ids.ts'
import type { Keys } from './keys.ts'
import { hashOf } from './secrets.ts'

type PersonalLink = {
  /** The person. */
  _id: PersonId
  hash: string
  turn: number
  v: number
}

const schema = new Schema<PersonalLink>({
  _id: String,
  hash: { type: String, required: true, unique: true },
  turn: { type: Number, required: true },
  v: Number,
})

/** 128 bits of the derived 256. */
const SECRET_BYTES = 16

export type PersonalLinks = ReturnType<typeof createPersonalLinks>

export function createPersonalLinks({ connection, keys }: { readonly connection: Connection; readonly keys: Keys }) {
  const model = connection.model('personal-link', schema)
  const secretAt = async (person: PersonId, turn: number): Promise<string> =>
    (await keys.derive('personal-link', person, String(turn))).subarray(0, SECRET_BYTES).toString('base64url')

  return {
    /**
     * The secrets of many people, made where there is none yet: printing cards again does not kill the printed ones.
     * Decides no permission: whoever prints asks `cards.print` first.
     */
    async secretsOf(people: readonly PersonId[]): Promise<Map<PersonId, string>> {
      const found = await model.find({ _id: { $in: [...people] } }).lean<PersonalLink[]>()
      const turns = new Map(found.map(({ _id, turn }) => [_id, turn]))
      const fresh = people.filter((person) => !turns.has(person))
      if (fresh.length > 0) {
        const records = await Promise.all(
          fresh.map(async (person) => ({ _id: person, hash: hashOf(await secretAt(person, 1)), turn: 1, v: 1 })),
        )
        await model.bulkWrite(
          records.map(({ _id, ...rest }) => ({
            updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
          })),
        )
      }
      const pairs = people.map(async (person) => [person, await secretAt(person, turns.get(person) ?? 1)] as const)
      return new Map(await Promise.all(pairs))
    },

    /** Another link for one person: a lost card, a link sent to the wrong chat. */
    async renew(person: PersonId): Promise<string> {
      const turn = ((await model.findById(person).lean<PersonalLink>())?.turn ?? 0) + 1
      const secret = await secretAt(person, turn)
      await model.updateOne(
        { _id: person },
        { $set: { hash: hashOf(secret), turn }, $setOnInsert: { v: 1 } },
        { upsert: true },
      )
      return secret
    },

    /** Whose link this is; null when it is nobody's or an old one. */
    async personOf(secret: string): Promise<PersonId | null> {
      return (await model.findOne({ hash: hashOf(secret) }).lean<PersonalLink>())?._id ?? null
    },
  }
}
