/** Who did what and when: the access log. It holds ids and codes, never names or texts. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { require } from './permission.ts'
import { newId } from './secrets.ts'
import type { Viewer } from './viewer.ts'

export type Deed = {
  /** A past-tense code: `signed-in`, `invitation-made`, `code-renewed`. */
  readonly what: string
  readonly who: PersonId | null
  /** The person, link or workshop it was done to. */
  readonly whom?: string | undefined
  readonly workshop?: WorkshopId | undefined
}
export type LoggedDeed = Deed & { readonly id: string; readonly at: Date }

type DeedRecord = {
  _id: string
  at: Date
  what: string
  who: string | null
  whom?: string | undefined
  workshop?: string | undefined
  v: number
}

const schema = new Schema<DeedRecord>({
  _id: String,
  at: { type: Date, index: true },
  what: String,
  who: String,
  whom: String,
  workshop: String,
  v: Number,
})

export type Audit = {
  record(deed: Deed): Promise<void>
  /** The newest first; administrators and data-protection officers. */
  list(viewer: Viewer, limit: number): Promise<LoggedDeed[]>
}

export function createAudit({ connection }: { readonly connection: Connection }): Audit {
  const model = connection.model('access-log', schema)
  return {
    async record({ what, who, whom, workshop }) {
      await model.create({ _id: newId(), at: new Date(), what, who, whom, workshop, v: 1 })
    },
    async list(viewer, limit) {
      require(viewer, 'audit.read', {})
      const found = await model.find().sort({ at: -1 }).limit(limit).lean()
      return found.map((deed) => ({
        id: deed._id,
        at: deed.at,
        what: deed.what,
        who: deed.who as PersonId | null,
        whom: deed.whom ?? undefined,
        workshop: (deed.workshop ?? undefined) as WorkshopId | undefined,
      }))
    },
  }
}
