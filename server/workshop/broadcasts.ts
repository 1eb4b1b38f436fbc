/** Announcements of the facilitators to everybody in a workshop. */
import type { Connection } from 'mongoose'
import type { WorkshopId } from '../../shared/ids.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import { newId } from '../people/secrets.ts'
import type { Viewer } from '../people/viewer.ts'
import { broadcastModel, type BroadcastRecord } from './workshop-model.ts'

export type Broadcast = { readonly id: string; readonly text: string; readonly at: number; readonly byName: string }
export type BroadcastsDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly now?: () => number
}
export type Broadcasts = ReturnType<typeof createBroadcasts>

export function createBroadcasts({ connection, announcer, now = Date.now }: BroadcastsDeps) {
  const model = broadcastModel(connection)
  const shown = ({ _id, text, at, byName }: BroadcastRecord): Broadcast => ({
    id: _id,
    text,
    at: at.getTime(),
    byName,
  })
  return {
    /** Sends words to every page of the workshop; kept, so that those who come later see the last ones. */
    async send(viewer: Viewer, workshop: WorkshopId, text: string): Promise<Broadcast> {
      require(viewer, 'broadcast.send', { workshop })
      const record = {
        _id: newId<string>(),
        workshop,
        text,
        at: new Date(now()),
        by: viewer.person,
        byName: viewer.name,
        v: 1,
      }
      await model.create(record)
      announcer.announce({ kind: 'broadcast-sent', workshop, text })
      return shown(record)
    },

    /** The last announcement, or null. The caller has asked for permission to read the workshop. */
    async last(workshop: WorkshopId): Promise<Broadcast | null> {
      const [found] = await model.find({ workshop }).sort({ at: -1 }).limit(1).lean<BroadcastRecord[]>()
      return found === undefined ? null : shown(found)
    },
  }
}
