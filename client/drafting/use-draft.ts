/** A draft open in the page: its connection and state, and what happens when edits are refused. */
import { useEffect, useState } from 'preact/hooks'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { readDraftContent } from '../../shared/drafting/contract.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { call } from '../app/api.ts'
import { keepOpen, type OpenedDraft } from '../sync/kept-open.ts'

export type { OpenedDraft } from '../sync/kept-open.ts'
type Given = {
  readonly person: string
  readonly draft: string
  readonly generation: number
  readonly template: Template
}

/** Null until the device's copy is read. After a refusal one's words are set aside and the draft is opened afresh. */
export function useDraft(given: Given): OpenedDraft | null {
  const [opened, setOpened] = useState<OpenedDraft | null>(null)
  const { person, draft, generation, template } = given

  useEffect(() => {
    const options = { person, draft, generation, origin: location.origin }
    const serverContent = async (): Promise<DraftContent> =>
      (await call<typeof readDraftContent>('GET', '/api/drafts/:draft/content', { params: { draft } })).content
    const close = keepOpen(options, template, serverContent, setOpened)
    return () => {
      close()
      setOpened(null)
    }
  }, [person, draft, generation, template])
  return opened
}
