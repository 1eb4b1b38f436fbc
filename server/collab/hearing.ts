/** What the document port does when something happened elsewhere in the house, or on another node: follows the journal, decides access again, closes sockets. */
import type { IncomingMessage } from 'node:http'
import type { Announcer, AppEvent } from '../announce/events.ts'
import type { Viewer } from '../people/viewer.ts'
import type { DraftId } from '../../shared/ids.ts'
import type { DraftPlace } from './draft-place.ts'
import { CLOSE } from './frames.ts'
import type { DraftAccess, Member } from './member.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

export type HearingDeps = {
  readonly announcer: Announcer
  readonly rooms: Rooms
  /** Members with the request that they came by, to ask again who they are. */
  readonly requests: ReadonlyMap<Member, { readonly request: IncomingMessage; readonly room: Room }>
  readonly authenticate: (request: IncomingMessage) => Promise<Viewer | null>
  readonly draftAccess: (viewer: Viewer, draft: DraftPlace) => Promise<DraftAccess> | DraftAccess
  readonly failed: (error: unknown, during: string) => void
}

/** When a store that does not answer is asked again. */
const AGAIN_MS = 2_000

/** Returns the way to stop hearing. */
export function hearNews({ announcer, rooms, requests, authenticate, draftAccess, failed }: HearingDeps): () => void {
  async function decideAgain(concerns: (room: Room, member: Member) => boolean): Promise<void> {
    for (const [member, { request, room }] of requests) {
      if (!concerns(room, member)) continue
      const viewer = await authenticate(request)
      if (viewer?.person !== member.person) {
        member.close(CLOSE.signInNeeded, 'sign in')
        continue
      }
      const access = await draftAccess(viewer, room.draft)
      if (access === 'none') member.close(CLOSE.forbidden, 'not allowed')
      member.access = access
      member.isUndecided = false
      room.accessChanged(member)
    }
  }

  function again(concerns: (room: Room, member: Member) => boolean): void {
    decideAgain(concerns).catch((error: unknown) => {
      // Never fail open: who cannot be judged may not write until the store says what they may.
      for (const [member, { room }] of requests) if (concerns(room, member)) member.isUndecided = true
      failed(error, 'deciding access')
      setTimeout(() => again(concerns), AGAIN_MS).unref()
    })
  }

  function follow({ draft, seq }: { readonly draft: DraftId; readonly seq: number }): void {
    for (const room of rooms.of(draft)) if (seq > room.lastSeq) room.follow()
  }

  function hear(event: AppEvent): void {
    switch (event.kind) {
      case 'draft-appended':
        follow(event)
        break
      case 'phase-moved':
      case 'groups-changed':
      case 'roster-changed':
      case 'workshop-changed':
        again((room) => room.draft.workshop === event.workshop)
        break
      case 'draft-closed':
      case 'draft-reopened':
        // Pressed again after the store's answer was lost, this is the only news of the entry.
        follow(event)
        again((room) => room.draft.id === event.draft)
        break
      case 'staff-changed':
        again(() => true)
        break
      case 'missed':
        for (const room of rooms.all()) room.follow()
        again(() => true)
        break
      case 'person-revoked':
        for (const member of requests.keys())
          if (member.person === event.person) member.close(CLOSE.signInNeeded, 'revoked')
        break
      case 'session-ended':
        for (const member of requests.keys())
          if (member.viewer.session === event.session) member.close(CLOSE.signInNeeded, 'session ended')
        break
      default:
    }
  }

  return announcer.subscribe(hear)
}
