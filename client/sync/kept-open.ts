/** A draft kept open: after a refusal one's words are set aside and the draft is opened afresh. For the page, and for the simulator. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { DraftSync } from './draft-sync.ts'
import type { OpenDraft } from './open-draft.ts'
import { takeOverOlder } from './older-generations.ts'
import { differencesBetween } from './set-aside.ts'
import type { SyncStatus } from './sync-status.ts'

export type OpenedDraft = { readonly sync: DraftSync; readonly status: SyncStatus }

/** The server took an edit for broken or too large and ended the connection; it would do so again. */
const UNREADABLE: readonly (number | null)[] = [4400, 4413]

/** Opens a draft and calls `tell` with it and at every change of its status, until the returned function is called. */
export function keepOpen(
  options: OpenDraft,
  template: Template,
  serverContent: () => Promise<DraftContent>,
  tell: (opened: OpenedDraft) => void,
): () => void {
  let gone = false
  let resetting = false
  let current: DraftSync | null = null
  /** The one that is told of: none while one gives its edits up, because its text is no longer anybody's. */
  let told: DraftSync | null = null

  async function open(before: Pick<SyncStatus, 'aside'> & { refused?: string }): Promise<DraftSync | null> {
    const sync = await DraftSync.open({ ...options, ...before })
    if (gone) {
      sync.destroy()
      return null
    }
    current = told = sync
    sync.subscribe(() => {
      if (told !== sync) return
      tell({ sync, status: sync.status })
      const why = sync.refusal ?? (UNREADABLE.includes(sync.status.closed) ? 'unreadable' : null)
      if (why !== null && sync.unsent > 0) void reset(sync, why)
    })
    tell({ sync, status: sync.status })
    return sync
  }

  async function reset(sync: DraftSync, refused: string): Promise<void> {
    if (resetting) return
    resetting = true
    try {
      const content = await serverContent()
      const mine = () =>
        differencesBetween(readDraft(sync.back, template), content, readDraft(sync.withoutUnsent(), template))
      told = null
      while (sync.unsent > 0) await sync.exchangeUnsent(mine())
      sync.destroy()
      const fresh = await open({ refused, aside: sync.status.aside })
      // Typed while the device was read.
      if (sync.unsent > 0) await fresh?.setAside(mine())
    } catch {
      // Not reached now: the words stay in the queue, the state says so, and the next refusal tries again.
      told = current
    } finally {
      resetting = false
    }
  }

  async function begin(): Promise<void> {
    const sync = await open({ aside: [] })
    if (sync === null || options.generation === 1) return
    // Not reached now: the old words stay where they are and are offered on the next visit.
    await takeOverOlder(options, template, sync, serverContent).catch(() => undefined)
  }
  void begin()

  return () => {
    gone = true
    current?.destroy()
  }
}
