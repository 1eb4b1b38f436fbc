/** The nine-digit code of each workshop: derived, looked up by its hash, shown to facilitators, locked or changed by them. */
import { Schema, type Connection } from 'mongoose'
import type { WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import { isDuplicate } from './account-model.ts'
import type { Audit } from './audit.ts'
import type { Keys } from './keys.ts'
import { require } from './permission.ts'
import type { Viewer } from './viewer.ts'

type CodeRecord = {
  /** The workshop. */
  _id: WorkshopId
  hash: string
  /** Rises with each new code: the code is derived from workshop and turn, and lies in no record. */
  turn: number
  locked: boolean
  /** The code is dead from then on; null lasts as long as the workshop. */
  expiresAt: Date | null
  v: number
}

const schema = new Schema<CodeRecord>({
  _id: String,
  hash: { type: String, required: true, unique: true },
  turn: { type: Number, required: true },
  locked: { type: Boolean, required: true },
  expiresAt: { type: Date, default: null },
  v: Number,
})

export type JoinCode = { readonly code: string; readonly locked: boolean; readonly expiresAt: Date | null }
export type CodeOutcome =
  { readonly kind: 'open'; readonly workshop: WorkshopId } | { readonly kind: 'closed' } | { readonly kind: 'unknown' }

export type JoinCodesDeps = {
  readonly connection: Connection
  readonly keys: Keys
  readonly audit: Audit
  readonly announcer: Announcer
  readonly now?: () => number
}

export type JoinCodes = ReturnType<typeof createJoinCodes>

export function createJoinCodes({ connection, keys, audit, announcer, now = Date.now }: JoinCodesDeps) {
  const model = connection.model('join-code', schema)

  const codeOf = async (workshop: WorkshopId, turn: number): Promise<string> => {
    const bytes = await keys.derive('join-code', workshop, String(turn))
    return String(bytes.readBigUInt64BE() % 1_000_000_000n).padStart(9, '0')
  }
  const hashOf = async (code: string): Promise<string> =>
    (await keys.derive('join-code-hash', code)).toString('base64url')

  /** Writes the code of a turn; where another workshop has the same nine digits, the next turn's. */
  const write = async (workshop: WorkshopId, from: number): Promise<CodeRecord> => {
    for (let turn = from; ; turn++) {
      try {
        const hash = await hashOf(await codeOf(workshop, turn))
        const written = await model
          .findOneAndUpdate(
            { _id: workshop },
            { $set: { hash, turn }, $setOnInsert: { locked: false, expiresAt: null, v: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean<CodeRecord>()
        if (written !== null) return written
      } catch (error) {
        if (!isDuplicate(error) || turn > from + 20) throw error
      }
    }
  }
  const current = async (workshop: WorkshopId): Promise<CodeRecord> =>
    (await model.findById(workshop).lean<CodeRecord>()) ?? write(workshop, 1)
  const shown = async ({ _id, turn, locked, expiresAt }: CodeRecord): Promise<JoinCode> => ({
    code: await codeOf(_id, turn),
    locked,
    expiresAt,
  })

  return {
    /** Which workshop nine digits lead to. */
    async find(code: string): Promise<CodeOutcome> {
      const found = await model.findOne({ hash: await hashOf(code) }).lean<CodeRecord>()
      if (found === null) return { kind: 'unknown' }
      const dead = found.locked || (found.expiresAt !== null && found.expiresAt.getTime() <= now())
      return dead ? { kind: 'closed' } : { kind: 'open', workshop: found._id }
    },

    /** The code for the wall and the set-up page; made at the first asking. */
    async show(viewer: Viewer, workshop: WorkshopId): Promise<JoinCode> {
      require(viewer, 'code.read', { workshop })
      return shown(await current(workshop))
    },

    /** Closes or opens joining by code, and says until when it lasts. Cards and personal links go on working. */
    async change(
      viewer: Viewer,
      workshop: WorkshopId,
      change: { locked: boolean; expiresAt: Date | null },
    ): Promise<JoinCode> {
      require(viewer, 'code.change', { workshop })
      const before = await current(workshop)
      await model.updateOne({ _id: workshop }, { $set: change })
      await audit.record({ what: change.locked ? 'code-locked' : 'code-opened', who: viewer.person, workshop })
      announcer.announce({ kind: 'workshop-changed', workshop })
      return shown({ ...before, ...change })
    },

    /** Another code; the old one leads nowhere from now on (a photographed code). */
    async renew(viewer: Viewer, workshop: WorkshopId): Promise<JoinCode> {
      require(viewer, 'code.change', { workshop })
      const { turn } = await current(workshop)
      const written = await write(workshop, turn + 1)
      await audit.record({ what: 'code-renewed', who: viewer.person, workshop })
      announcer.announce({ kind: 'workshop-changed', workshop })
      return shown(written)
    },
  }
}
