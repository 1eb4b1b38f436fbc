/** A draft open in the page: its connection and state, and what happens when edits are refused. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { readDraftContent } from '../../shared/drafting/contract.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { call } from '../app/api.ts'
import { DraftSync, type SyncStatus } from '../sync/draft-sync.ts'
import { differencesBetween } from '../sync/set-aside.ts'

export type OpenedDraft = { readonly sync: DraftSync; readonly status: SyncStatus }
type Given = {
  readonly person: string
  readonly draft: string
  readonly generation: number
  readonly template: Template
}

/** Null until the device's copy is read. After a refusal one's words are set aside and the draft is opened afresh. */
export function useDraft(given: Given): OpenedDraft | null {
  const [opened, setOpened] = useState<OpenedDraft | null>(null)
  const resetting = useRef(false)
  const { person, draft, generation, template } = given

  useEffect(() => {
    let gone = false
    let current: DraftSync | null = null
    const open = async (refused?: string): Promise<DraftSync | null> => {
      const options = { person, draft, generation, origin: location.origin }
      const sync = await DraftSync.open(refused === undefined ? options : { ...options, refused })
      if (gone) {
        sync.destroy()
        return null
      }
      current = sync
      sync.subscribe(() => {
        if (current !== sync) return
        setOpened({ sync, status: sync.status })
        const { refused: why } = sync.status
        if (why !== null && sync.status.save === 'failed' && sync.unsent > 0) void reset(sync, why)
      })
      setOpened({ sync, status: sync.status })
      return sync
    }
    const reset = async (sync: DraftSync, why: string): Promise<void> => {
      if (resetting.current) return
      resetting.current = true
      try {
        const { content } = await call<typeof readDraftContent>('GET', '/api/drafts/:draft/content', {
          params: { draft },
        })
        const items = differencesBetween(readDraft(sync.back, template), content)
        await sync.forgetUnsent()
        sync.destroy()
        const fresh = await open(why)
        fresh?.setAside(items)
      } catch {
        // Not reached now: the words stay in the queue, the state says so, and the next refusal tries again.
      } finally {
        resetting.current = false
      }
    }
    void open()
    return () => {
      gone = true
      current?.destroy()
      setOpened(null)
    }
  }, [person, draft, generation, template])
  return opened
}
