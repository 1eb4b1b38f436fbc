/** What happened, in the past tense: services publish, ports subscribe. One union; every room adds its own lines. */
import type { DraftId, GroupId, PersonId, SubmissionId, VersionId, WorkshopId } from '../../shared/ids.ts'

export type AppEvent =
  | { readonly kind: 'workshop-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'roster-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'groups-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'phase-moved'; readonly workshop: WorkshopId; readonly phase: string }
  | { readonly kind: 'timer-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'broadcast-sent'; readonly workshop: WorkshopId; readonly text: string }
  | { readonly kind: 'help-changed'; readonly workshop: WorkshopId; readonly group: GroupId }
  | {
      readonly kind: 'digest-changed'
      readonly workshop: WorkshopId
      readonly group: GroupId | null
      readonly draft: DraftId
    }
  | {
      readonly kind: 'draft-appended'
      readonly workshop: WorkshopId
      readonly group: GroupId | null
      readonly draft: DraftId
      readonly generation: number
      readonly seq: number
    }
  | { readonly kind: 'proposers-changed'; readonly draft: DraftId }
  | { readonly kind: 'draft-restored'; readonly draft: DraftId; readonly seq: number }
  | { readonly kind: 'draft-closed'; readonly draft: DraftId; readonly seq: number }
  | { readonly kind: 'draft-reopened'; readonly draft: DraftId; readonly seq: number }
  | {
      readonly kind: 'submission-made'
      readonly workshop: WorkshopId
      readonly group: GroupId
      readonly submission: SubmissionId
    }
  | { readonly kind: 'merge-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'version-frozen'; readonly workshop: WorkshopId; readonly version: VersionId }
  | { readonly kind: 'review-changed'; readonly workshop: WorkshopId; readonly version: VersionId }
  | { readonly kind: 'person-revoked'; readonly person: PersonId }
  | { readonly kind: 'session-ended'; readonly session: string }
  | {
      readonly kind: 'presence-changed'
      readonly workshop: WorkshopId
      readonly group: GroupId | null
      readonly draft: DraftId
    }
  | { readonly kind: 'name-waits'; readonly workshop: WorkshopId }
  | { readonly kind: 'deciding-changed'; readonly workshop: WorkshopId }
  | { readonly kind: 'staff-changed' }

export type Announcer = {
  /** Tells every subscriber, in the order of subscription; a subscriber's failure is logged and does not stop the others. */
  announce(event: AppEvent): void
  /** Returns the way to stop listening. */
  subscribe(listener: (event: AppEvent) => void): () => void
}

/** An announcer for one process (several nodes come with Redis, see issue 10). */
export function createAnnouncer(onFailure: (error: unknown, event: AppEvent) => void): Announcer {
  const listeners = new Set<(event: AppEvent) => void>()
  return {
    announce(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onFailure(error, event)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
