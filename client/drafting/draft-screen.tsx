/** The draft: outline, page, side; where am I, who is here, is it saved, which phase and how long, what is missing. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { readDraftInfo } from '../../shared/drafting/contract.ts'
import type { SectionId, Template } from '../../shared/drafting/template.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readGroup } from '../../shared/workshop/conduct-contract.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useEscape } from '../app/use-escape.ts'
import type { DraftSync } from '../sync/draft-sync.ts'
import { SheetClose } from '../ui/sheet-close.tsx'
import { DraftBar } from './draft-bar.tsx'
import { DraftBanners } from './draft-banners.tsx'
import { DraftDock, type Panel } from './draft-dock.tsx'
import { DraftSide } from './draft-side.tsx'
import { ClauseProposers } from './clause-proposers.tsx'
import { HelpCall } from './help-call.tsx'
import { Outline, type OutlineProps } from './outline.tsx'
import { visitorsOf } from './presence.ts'
import { ShareWords } from './share-words.tsx'
import { SubmitFlow } from './submit-flow.tsx'
import { ToolBar } from './tool-bar.tsx'
import { useDraft } from './use-draft.ts'
import { useDraftKeys } from './use-draft-keys.ts'
import { putBackWords, useEditor } from './use-editor.ts'
import { useWriting } from './use-writing.ts'
import { WritingBar } from './writing-bar.tsx'

export type DraftScreenProps = {
  readonly info: ReplyOf<typeof readDraftInfo>
  readonly template: Template
  readonly person: string
  readonly onChanged: () => void
}

/** Here the side is no column and comes over the page when it is asked for; the styles have the same. */
const SIDE_AWAY = '(max-width: 959.98px)'

export function DraftScreen({ info, template, person, onChanged }: DraftScreenProps) {
  const t = useTexts()
  const host = useRef<HTMLDivElement | null>(null)
  const [panel, setPanel] = useState<Panel>(null)
  const [dialog, setDialog] = useState<'submit' | 'help' | null>(null)
  const [caretsShown, setCaretsShown] = useState(true)
  const workshop = useRecord<typeof readWorkshop>(
    'GET',
    '/api/workshops/:workshop',
    { params: { workshop: info.workshop } },
    [`workshop:${info.workshop}`],
  )
  const group = useRecord<typeof readGroup>(
    'GET',
    '/api/groups/:group',
    info.group === null ? null : { params: { group: info.group } },
    info.group === null ? [] : [`group:${info.group}`, `workshop:${info.workshop}`],
  )
  const opened = useDraft({ person, draft: info.id, generation: info.generation, template })
  const sync = opened?.sync ?? null
  const status = opened?.status ?? null
  const writable = info.access === 'write' && status !== null && status.closed === null
  // Before the first text an empty draft would invite to write where words already stand.
  const hasText = sync?.hasText === true
  const { editor, caret, progress } = useEditor(host, hasText ? sync : null, template, writable)
  const visitors = useVisitors(sync, person)
  const writing = useWriting(editor, writable, panel !== null)
  useDraftKeys(editor, template, writing.leave)
  useEscape(panel !== null, () => setPanel(null))

  // A phase that moved or a draft that closed changes what one may do: asked again.
  const phase = workshop.state.kind === 'ready' ? workshop.state.value.phase : null
  useEffect(onChanged, [phase, onChanged])
  useEffect(() => {
    document.body.classList.add('draft')
    return () => document.body.classList.remove('draft')
  }, [])
  useEffect(() => editor?.setCaretsShown(caretsShown), [editor, caretsShown])

  const go: OutlineProps['onGo'] = (section, clause) => {
    setPanel(null)
    writing.leave()
    goTo(section)
    if (clause !== null) editor?.focusClause(clause)
  }
  const groupValue = group.state.kind === 'ready' ? group.state.value : null
  const workshopValue = workshop.state.kind === 'ready' ? workshop.state.value : null
  return (
    <>
      <a class="skip" href="#page">
        {t.drafting.skip}
      </a>
      {writing.sections.length > 0 ? (
        <WritingBar
          sections={writing.sections}
          template={template.sections}
          status={status}
          workshop={workshopValue}
          onDone={() => {
            setPanel(null)
            writing.done()
          }}
        />
      ) : (
        <DraftBar
          group={groupValue}
          workshop={workshopValue}
          status={status}
          visitors={visitors}
          maySubmit={info.maySubmit && info.access === 'write'}
          open={info.submitted === null}
          onOutline={() => setPanel(panel === 'outline' ? null : 'outline')}
          onPeople={() => setPanel(panel === 'side' ? null : 'side')}
          onHelp={() => setDialog('help')}
          onSubmit={() => setDialog('submit')}
        />
      )}
      <div class="draft-grid">
        <nav
          class="outline sheet"
          id="outline"
          aria-label={t.drafting.outline}
          data-open={panel === 'outline'}
          tabIndex={-1}
        >
          <SheetClose onClose={() => setPanel(null)} />
          <Outline
            sections={template.sections}
            progress={progress.sections}
            missing={progress.missing}
            current={caret?.section ?? null}
            visitors={visitors}
            onGo={go}
          />
        </nav>
        <main class="draft-main" id="page" tabIndex={-1}>
          <h1 class="sr">
            {groupValue === null
              ? (workshopValue?.title ?? t.general.product)
              : t.general.groupNumber(groupValue.number)}
          </h1>
          {writable && editor !== null ? (
            <ToolBar
              commands={editor.commands}
              kind={caret?.kind ?? null}
              table={caret?.table ?? false}
              placed={caret !== null}
              strong={caret?.strong ?? false}
              em={caret?.em ?? false}
              open={panel === 'tools'}
              caretsShown={caretsShown}
              onCarets={setCaretsShown}
              onProposers={() => {
                if (matchMedia(SIDE_AWAY).matches) setPanel('side')
                requestAnimationFrame(() => document.getElementById('proposers')?.focus())
              }}
            />
          ) : null}
          <DraftBanners
            info={info}
            status={status}
            workshop={workshopValue}
            onChanged={onChanged}
            onAside={() => setPanel('side')}
          />
          {hasText ? null : (
            <p class="hint" role="status">
              {t.drafting.connecting}
            </p>
          )}
          <div class="page-host" ref={host} />
        </main>
        <DraftSide
          open={panel === 'side'}
          onClose={() => setPanel(null)}
          visitors={visitors}
          members={groupValue?.people ?? []}
          self={person}
          aside={status?.aside ?? []}
          onPutBack={
            writable && editor !== null
              ? (item) => {
                  putBackWords(editor, item.clause, item.section, item.text)
                  sync?.dropAside(item.key)
                }
              : null
          }
          onDrop={(item) => sync?.dropAside(item.key)}
          below={<ShareWords group={groupValue} self={person} onChanged={group.reload} />}
        >
          <HelpCall group={groupValue} />
          <ClauseProposers draft={info.id} clause={caret?.clause ?? null} group={groupValue} writable={writable} />
        </DraftSide>
      </div>
      <DraftDock
        panel={panel}
        onPanel={setPanel}
        missing={progress.missing.length}
        people={visitors.length + 1}
        writable={writable}
        onHelp={() => setDialog('help')}
      />
      <SubmitFlow
        dialog={dialog}
        onClose={() => setDialog(null)}
        draft={info.id}
        group={groupValue}
        sections={template.sections}
        missing={progress.missing}
        maySubmit={info.maySubmit && info.access === 'write'}
        allSent={(sync?.unsent ?? 0) === 0}
        visitors={visitors}
        self={person}
        onGo={go}
        onChanged={onChanged}
      />
    </>
  )
}

/** Scrolls a section's heading below the bars. */
export function goTo(section: SectionId): void {
  document.getElementById(`section-${section}`)?.scrollIntoView({ block: 'start' })
}

function useVisitors(sync: DraftSync | null, self: string) {
  const [visitors, setVisitors] = useState<ReturnType<typeof visitorsOf>>([])
  useEffect(() => {
    if (sync === null) return
    const look = (): void => setVisitors(visitorsOf(sync.awareness, self))
    look()
    sync.awareness.on('change', look)
    return () => sync.awareness.off('change', look)
  }, [sync, self])
  return visitors
}
