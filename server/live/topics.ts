/** Which news concerns whom: the topics that a page may subscribe to, and which of them an event reaches. */
import type { AppEvent } from '../announce/events.ts'
import type { DraftId, GroupId, VersionId, WorkshopId } from '../../shared/ids.ts'

/** A topic's name on the wire: `workshop:<id>`, `group:<id>`, `draft:<id>`, `merge:<workshop id>`, `version:<id>`, `staff`. */
export type Topic = string

export const topic = {
  workshop: (id: WorkshopId): Topic => `workshop:${id}`,
  group: (id: GroupId): Topic => `group:${id}`,
  draft: (id: DraftId): Topic => `draft:${id}`,
  merge: (id: WorkshopId): Topic => `merge:${id}`,
  version: (id: VersionId): Topic => `version:${id}`,
  staff: 'staff',
} as const

/** The topics that an event is told to; none for events that only the server needs. */
export function topicsOf(event: AppEvent): readonly Topic[] {
  switch (event.kind) {
    case 'help-changed':
      return [topic.workshop(event.workshop), topic.group(event.group)]
    case 'digest-changed':
    case 'presence-changed':
      return [topic.workshop(event.workshop), topic.draft(event.draft)]
    case 'proposers-changed':
    case 'draft-restored':
    case 'draft-closed':
    case 'draft-reopened':
      return [topic.draft(event.draft)]
    case 'submission-made':
      return [topic.workshop(event.workshop), topic.group(event.group), topic.merge(event.workshop)]
    case 'merge-changed':
    case 'deciding-changed':
      return [topic.merge(event.workshop)]
    case 'version-frozen':
    case 'review-changed':
      return [topic.merge(event.workshop), topic.workshop(event.workshop), topic.version(event.version)]
    case 'draft-appended':
    case 'person-revoked':
    case 'session-ended':
    case 'clauses-in-hand':
    case 'attempt-failed':
    case 'missed':
      return []
    case 'staff-changed':
      return [topic.staff]
    default:
      return [topic.workshop(event.workshop)]
  }
}
