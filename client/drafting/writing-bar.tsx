/** The bar while somebody writes on a phone: which section, is it saved, how long, and the way out. */
import type { SectionId, TemplateSection } from '../../shared/drafting/template.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readWorkshop } from '../../shared/workshop/contract.ts'
import { useTexts } from '../app/texts.tsx'
import type { SyncStatus } from '../sync/sync-status.ts'
import { Button } from '../ui/button.tsx'
import { SaveState } from '../ui/save-state.tsx'
import { TimeLeft } from './phase-strip.tsx'

export type WritingBarProps = {
  /** Those that are shown. */
  readonly sections: readonly SectionId[]
  readonly template: readonly TemplateSection[]
  readonly status: SyncStatus | null
  readonly workshop: ReplyOf<typeof readWorkshop> | null
  readonly onDone: () => void
}

export function WritingBar({ sections, template, status, workshop, onDone }: WritingBarProps) {
  const t = useTexts()
  const one = sections.length === 1 ? sections[0] : undefined
  return (
    <header class="bar writing-bar">
      <p class="writing-head">
        {one === undefined ? (
          <b>{t.drafting.sectionsShown(sections.length)}</b>
        ) : (
          <>
            <span>{template.find(({ id }) => id === one)?.number}</span> <b>{t.terms.shortSections[one]}</b>
          </>
        )}
      </p>
      <div class="writing-state">
        {status === null ? null : (
          <SaveState state={status.save} checking={status.checking} memoryOnly={status.memoryOnly} />
        )}
        {workshop === null ? null : <TimeLeft workshop={workshop} />}
      </div>
      <Button kind="main" icon="check" onClick={onDone}>
        {t.drafting.done}
      </Button>
    </header>
  )
}
