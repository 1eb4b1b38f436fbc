/** Which draft holds a workshop's consolidated proposal: one for each workshop, named at first need. */
import { randomBytes } from 'node:crypto'
import { Schema, type Connection } from 'mongoose'
import { freshId, type DraftId, type WorkshopId } from '../../shared/ids.ts'

export type ProposalRecord = {
  readonly _id: string
  readonly v: 1
  readonly draft: string
  readonly generation: number
}

const proposal = new Schema<ProposalRecord>(
  { _id: String, v: Number, draft: String, generation: Number },
  { versionKey: false },
)

export type ProposalPlace = { readonly draft: DraftId; readonly generation: number }

/** Finds or makes the record; two who ask first at once agree on the one that was stored. */
export function proposalPlaces(connection: Connection): (workshop: WorkshopId) => Promise<ProposalPlace> {
  const model = connection.model<ProposalRecord>('proposal', proposal)
  const placeOf = ({ draft, generation }: ProposalRecord): ProposalPlace => ({ draft: draft as DraftId, generation })
  return async (workshop) => {
    const found = await model.findById(workshop).lean<ProposalRecord>()
    if (found !== null) return placeOf(found)
    const draft = freshId<DraftId>((bytes) => randomBytes(bytes.length))
    const record: ProposalRecord = { _id: workshop, v: 1, draft, generation: 1 }
    try {
      await model.create(record)
      return placeOf(record)
    } catch (error) {
      const stored = await model.findById(workshop).lean<ProposalRecord>()
      if (stored === null) throw error
      return placeOf(stored)
    }
  }
}
