/** The editor of an opened draft on the page: mounted once, told when writing is allowed, and what it tells of caret and progress. */
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import type { DraftSync } from '../sync/draft-sync.ts'
import { coveredEdges } from './covered-edges.ts'
import type { CaretState } from './editor/caret-state.ts'
import { mountEditor, type MountedEditor } from './editor/mount-editor.ts'
import { presenceOf, tellSection } from './presence.ts'
import { progressOf, type Progress } from './progress-of-draft.ts'

/** Progress is worked out this long after the last change: nobody reads it while typing. */
const CALM_MS = 300

export type EditorOnPage = {
  readonly editor: MountedEditor | null
  readonly caret: CaretState | null
  readonly progress: Progress
}

const NO_PROGRESS: Progress = { sections: [], missing: [] }

/** Mounts in `host`. A new `sync` (after a refusal) is a new editor. */
export function useEditor(
  host: RefObject<HTMLElement | null>,
  sync: DraftSync | null,
  template: Template,
  editable: boolean,
): EditorOnPage {
  const texts = useTexts()
  const [editor, setEditor] = useState<MountedEditor | null>(null)
  const [caret, setCaret] = useState<CaretState | null>(null)
  const [progress, setProgress] = useState<Progress>(NO_PROGRESS)
  const allowed = useRef(editable)
  allowed.current = editable

  useEffect(() => {
    const element = host.current
    if (element === null || sync === null) return
    const front = newDraftDoc()
    const mounted = mountEditor({
      host: element,
      front,
      back: sync.back,
      template,
      editable: allowed.current,
      presence: presenceOf(sync.awareness),
      texts,
      covered: coveredEdges,
      onCaret(state) {
        setCaret(state)
        tellSection(sync.awareness, state.section)
      },
      onOffer: (offer) =>
        sync.setAside([
          {
            key: `${offer.clause}:${Date.now()}:${offer.text.length}`,
            section: null,
            clause: offer.clause,
            text: offer.text,
          },
        ]),
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const count = (): void => {
      timer = undefined
      setProgress(progressOf(readDraft(front, template), template))
    }
    const soon = (): void => {
      timer ??= setTimeout(count, CALM_MS)
    }
    front.on('update', soon)
    count()
    setEditor(mounted)
    return () => {
      clearTimeout(timer)
      setEditor(null)
      mounted.destroy()
      front.destroy()
    }
  }, [host, sync, template, texts])

  useEffect(() => editor?.setEditable(editable), [editor, editable])
  return { editor, caret, progress }
}

/** Puts words back at the caret, or as a new clause at the end of their section. */
export function putBackWords(editor: MountedEditor, clause: string | null, section: string | null, text: string): void {
  if (clause === null || !editor.focusClause(clause)) {
    const wanted = section === null ? undefined : editor.binding.ids.find((id) => id === section)
    editor.commands.addClause(wanted ?? editor.binding.ids[0]!)
  }
  editor.commands.insertText(text)
}
