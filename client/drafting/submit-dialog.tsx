/** Handing in: what is missing, who still has unsent words, and the button; gaps never bar it. */
import type { TemplateSection } from '../../shared/drafting/template.ts'
import type { CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { MissingList, type OutlineProps, type Visitor } from './outline.tsx'
import type { MissingItem } from './progress-of-draft.ts'

export type SubmitDialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  readonly sections: readonly TemplateSection[]
  readonly missing: readonly MissingItem[]
  readonly onGo: OutlineProps['onGo']
  /** Whether this person may hand in; others see the list only. */
  readonly maySubmit: boolean
  /** Whether every word of this device has reached the server. */
  readonly allSent: boolean
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly visitors: readonly Visitor[]
  readonly self: string
  readonly busy: boolean
  readonly error: CallFailed | null
  readonly onSubmit: () => void
}

export function SubmitDialog(props: SubmitDialogProps) {
  const t = useTexts()
  const d = t.drafting
  const gaps = props.missing.length
  const here = new Set([props.self, ...props.visitors.map(({ id }) => id)])
  const names = (people: readonly { readonly name: string }[]): string => people.map(({ name }) => name).join(', ')
  const unsent = names(props.visitors.filter((visitor) => visitor.unsent))
  const notHere = names(props.members.filter(({ id }) => !here.has(id)))
  return (
    <Dialog
      title={d.submitTitle}
      open={props.open}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t.general.cancel}</Button>
          {props.maySubmit ? (
            <Button kind="main" icon="send" busy={props.busy} onClick={props.onSubmit}>
              {gaps > 0 ? d.submitWithGaps : d.submitNow}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{gaps > 0 ? d.submitGaps(gaps) : d.submitFull}</p>
      {gaps > 0 ? (
        <MissingList
          missing={props.missing}
          sections={props.sections}
          onGo={(section, clause) => {
            props.onClose()
            props.onGo(section, clause)
          }}
        />
      ) : null}
      <p class="hint">{props.maySubmit ? d.submitWarn : d.onlyScribe}</p>
      {props.allSent ? null : (
        <Banner tone="warn" icon="smartphone">
          {d.submitUnsent}
        </Banner>
      )}
      {unsent === '' ? null : (
        <Banner tone="warn" icon="refresh-cw">
          {d.unsentOf(unsent)}
        </Banner>
      )}
      {notHere === '' || !props.maySubmit ? null : <p class="hint">{d.notHere(notHere)}</p>}
      {props.busy ? (
        <p class="hint" role="status">
          {d.waitsForTabs}
        </p>
      ) : null}
      <FailureBanner error={props.error} />
    </Dialog>
  )
}
