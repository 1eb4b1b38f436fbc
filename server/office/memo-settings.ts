/** What the memo of a workshop's documents says at its head and foot: kept once for a workshop, written by the department editor. */
import { Schema, type Connection } from 'mongoose'
import type { WorkshopId } from '../../shared/ids.ts'
import { NO_MEMO, type MemoFields } from '../../shared/review/memo.ts'
import { documents as d } from '../../shared/texts/documents.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'

type MemoRecord = { _id: WorkshopId; fields: MemoFields; v: number }
const text = { type: String, default: '' }
const schema = new Schema<MemoRecord>({
  _id: { type: String, required: true },
  fields: new Schema<MemoFields>(
    { agency: text, contact: text, prefix: text, to: text, signer: text, position: text },
    { _id: false },
  ),
  v: Number,
})

export type MemoSettingsDeps = {
  readonly connection: Connection
  /** The organiser of a workshop; empty when unknown. Throws Problem 404 for none. */
  readonly departmentOf: (workshop: WorkshopId) => Promise<string>
}

export type MemoSettings = ReturnType<typeof createMemoSettings>

/** Who the memo is from and to where nobody wrote anything else. */
export function memoDefaults(department: string): { readonly agency: string; readonly to: string } {
  const agency = department === '' ? d.departmentDefault : department
  return { agency, to: `${d.toDefault}${agency}` }
}

export function createMemoSettings({ connection, departmentOf }: MemoSettingsDeps) {
  const model = connection.model('memo-setting', schema)

  /** The fields as they were written; empty ones take their default in the document. Decides no permission. */
  const of = async (workshop: WorkshopId): Promise<MemoFields> => {
    const found = await model.findById(workshop).lean<MemoRecord>()
    return { ...NO_MEMO, ...found?.fields }
  }

  return {
    of,

    /** The fields, what stands in place of empty ones, and whether this viewer may change them. */
    async read(viewer: Viewer, workshop: WorkshopId) {
      require(viewer, 'document.download', { workshop })
      return { fields: await of(workshop), defaults: memoDefaults(await departmentOf(workshop)) }
    },

    /** Writes all fields. */
    async change(viewer: Viewer, workshop: WorkshopId, fields: MemoFields): Promise<void> {
      require(viewer, 'memo.change', { workshop })
      await departmentOf(workshop)
      await model.updateOne({ _id: workshop }, { $set: { fields, v: 1 } }, { upsert: true })
    },
  }
}
