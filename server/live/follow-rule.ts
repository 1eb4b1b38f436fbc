/** Who may follow which news: the same actions as the records that the news is about. */
import type { DraftId, GroupId, VersionId, WorkshopId } from '../../shared/ids.ts'
import { may } from '../../shared/people/access.ts'
import type { Viewer } from '../people/viewer.ts'
import type { Rooms } from '../rooms.ts'
import type { Topic } from './topics.ts'

/** Asks the access table for a topic; unknown topics may not be followed. */
export function followRule({ workshop, drafting, merging }: Rooms): (viewer: Viewer, topic: Topic) => Promise<boolean> {
  return async ({ standings }, topic) => {
    const [kind, id = ''] = topic.split(':', 2)
    switch (kind) {
      case 'workshop':
        return may(standings, 'workshop.read', { workshop: id as WorkshopId })
      case 'merge':
        return may(standings, 'merge.read', { workshop: id as WorkshopId })
      case 'group': {
        const place = await workshop.groups.placeOf(id as GroupId)
        return place !== null && may(standings, 'draft.read', place)
      }
      case 'draft': {
        const draft = await drafting.drafts.byId(id as DraftId)
        if (draft === null) return false
        const place = draft.group === null ? null : await workshop.groups.placeOf(draft.group)
        return place === null
          ? may(standings, 'merge.read', { workshop: draft.workshop })
          : may(standings, 'draft.read', place)
      }
      case 'version': {
        const version = await merging.versions.find(id as VersionId)
        return version !== null && may(standings, 'version.read', { workshop: version.workshop })
      }
      case 'staff':
        return may(standings, 'staff.manage', {})
      default:
        return false
    }
  }
}
