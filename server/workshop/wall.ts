/** The wall: every group at a glance, from digests and signals; no text but the last words of a group that shares them. */
import type { DraftDigest } from '../../shared/drafting/progress.ts'
import { templateOf, type SectionId } from '../../shared/drafting/template.ts'
import type { DraftId, GroupId, WorkshopId } from '../../shared/ids.ts'
import type { Phase } from '../../shared/workshop/phases.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import type { Activity } from './activity.ts'
import type { Broadcast, Broadcasts } from './broadcasts.ts'
import type { Groups } from './groups.ts'
import type { Help, HelpCall } from './help.ts'
import type { Participants } from './participants.ts'
import type { Workshop, Workshops } from './workshops.ts'

/** What the wall asks of drafts; each may be late or missing, and then the tile says less. */
export type DraftSignals = {
  /** The digest and when the text changed last (milliseconds since 1970); null when it cannot be had now. */
  digest(draft: DraftId): Promise<{ readonly digest: DraftDigest; readonly changedAt: number | null } | null>
  /** How many people have the draft open. */
  online(draft: DraftId): number | Promise<number>
  /** The last submission of a group; null before the first or while the draft is open again. */
  submitted(group: GroupId): Promise<{ readonly n: number; readonly at: number } | null>
}

export type WallTile = {
  readonly id: GroupId
  readonly number: number
  readonly topic: string
  readonly draft: DraftId | null
  readonly phase: Phase | null
  readonly people: number
  readonly online: number
  readonly cells: readonly {
    readonly section: SectionId
    readonly state: 'full' | 'half' | 'empty'
    readonly owed: boolean
  }[]
  /** Owed things that would be listed at submission. */
  readonly missing: number
  readonly changedAt: number | null
  readonly sharesWords: boolean
  /** Null while the group does not share them, or has none. */
  readonly lastWords: string | null
  readonly activity: readonly number[]
  readonly submitted: { readonly n: number; readonly at: number } | null
}
export type WallView = {
  readonly workshop: Workshop
  /** The server's clock, for countdowns on a machine whose clock is wrong. */
  readonly now: number
  readonly tiles: readonly WallTile[]
  readonly help: readonly HelpCall[]
  readonly broadcast: Broadcast | null
}

export type WallDeps = {
  readonly workshops: Workshops
  readonly groups: Groups
  readonly participants: Participants
  readonly help: Help
  readonly broadcasts: Broadcasts
  readonly activity: Activity
  readonly signals: DraftSignals
  readonly now?: () => number
}
export type Wall = ReturnType<typeof createWall>

export function createWall({
  workshops,
  groups,
  participants,
  help,
  broadcasts,
  activity,
  signals,
  now = Date.now,
}: WallDeps) {
  return {
    /** Everything on the wall. Tiles come in the order of their numbers and keep it. */
    async view(viewer: Viewer, id: WorkshopId): Promise<WallView> {
      require(viewer, 'wall.read', { workshop: id })
      const workshop = await workshops.get(id)
      const template = templateOf(workshop.template)
      const asked = new Set(template?.sections.filter((section) => section.asked).map((section) => section.id))
      const [list, people, queue, broadcast] = await Promise.all([
        groups.ofWorkshop(id),
        participants.everybody(id),
        help.queue(id),
        broadcasts.last(id),
      ])
      const tiles = list.map(async (group): Promise<WallTile> => {
        const { draft } = group
        const [known, online, submitted] = await Promise.all([
          draft === null ? null : signals.digest(draft),
          draft === null ? 0 : signals.online(draft),
          signals.submitted(group.id),
        ])
        const sections =
          known?.digest.sections ??
          (template?.sections ?? []).map((section) => ({ id: section.id, state: 'empty' as const }))
        const words = known?.digest.lastWords ?? ''
        return {
          id: group.id,
          number: group.number,
          topic: group.topic,
          draft,
          phase: group.phase,
          people: people.filter((person) => person.group === group.id).length,
          online,
          cells: sections.map(({ id: section, state }) => ({
            section,
            state,
            owed: asked.has(section) && state !== 'full',
          })),
          missing: known?.digest.missing ?? 0,
          changedAt: known?.changedAt ?? (draft === null ? null : activity.changedAt(draft)),
          sharesWords: group.sharesWords,
          lastWords: group.sharesWords && words !== '' ? words : null,
          activity: draft === null ? [] : activity.of(draft),
          submitted,
        }
      })
      return { workshop, now: now(), tiles: await Promise.all(tiles), help: queue, broadcast }
    },
  }
}
