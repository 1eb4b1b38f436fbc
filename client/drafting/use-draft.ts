/** A draft open in the page: its connection and state, and what happens when edits are refused. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { readDraftContent } from '../../shared/drafting/contract.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { call } from '../app/api.ts'
import { DraftSync } from '../sync/draft-sync.ts'
import { takeOverOlder } from '../sync/older-generations.ts'
import { differencesBetween } from '../sync/set-aside.ts'
import type { SyncStatus } from '../sync/sync-status.ts'

export type OpenedDraft = { readonly sync: DraftSync; readonly status: SyncStatus }
type Given = {
  readonly person: string
  readonly draft: string
  readonly generation: number
  readonly template: Template
}

/** The server took an edit for broken or too large and ended the connection; it would do so again. */
const UNREADABLE: readonly (number | null)[] = [4400, 4413]

/** Null until the device's copy is read. After a refusal one's words are set aside and the draft is opened afresh. */
export function useDraft(given: Given): OpenedDraft | null {
  const [opened, setOpened] = useState<OpenedDraft | null>(null)
  const resetting = useRef(false)
  const { person, draft, generation, template } = given

  useEffect(() => {
    let gone = false
    let current: DraftSync | null = null
    const options = { person, draft, generation, origin: location.origin }
    const serverContent = async (): Promise<DraftContent> =>
      (await call<typeof readDraftContent>('GET', '/api/drafts/:draft/content', { params: { draft } })).content
    const open = async (before: Pick<SyncStatus, 'aside'> & { refused?: string }): Promise<DraftSync | null> => {
      const sync = await DraftSync.open({ ...options, ...before })
      if (gone) {
        sync.destroy()
        return null
      }
      current = sync
      sync.subscribe(() => {
        if (current !== sync) return
        setOpened({ sync, status: sync.status })
        const why = sync.status.refused ?? (UNREADABLE.includes(sync.status.closed) ? 'unreadable' : null)
        if (why !== null && sync.unsent > 0) void reset(sync, why)
      })
      setOpened({ sync, status: sync.status })
      return sync
    }
    const reset = async (sync: DraftSync, refused: string): Promise<void> => {
      if (resetting.current) return
      resetting.current = true
      try {
        const content = await serverContent()
        const mine = () =>
          differencesBetween(readDraft(sync.back, template), content, readDraft(sync.withoutUnsent(), template))
        while (sync.unsent > 0) await sync.exchangeUnsent(mine())
        sync.destroy()
        const fresh = await open({ refused, aside: sync.status.aside })
        // Typed while the device was read.
        if (sync.unsent > 0) await fresh?.setAside(mine())
      } catch {
        // Not reached now: the words stay in the queue, the state says so, and the next refusal tries again.
      } finally {
        resetting.current = false
      }
    }
    const begin = async (): Promise<void> => {
      const sync = await open({ aside: [] })
      if (sync === null || generation === 1) return
      // Not reached now: the old words stay where they are and are offered on the next visit.
      await takeOverOlder(options, template, sync, serverContent).catch(() => undefined)
    }
    void begin()
    return () => {
      gone = true
      current?.destroy()
      setOpened(null)
    }
  }, [person, draft, generation, template])
  return opened
}
