/** The decision on the picked clauses: five results, the wording, the reason; only what the result needs is shown. */
import type { CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { DECISION_KINDS, type DecisionKind } from '../../shared/merging/decisions.ts'

export type DecideFormProps = {
  readonly count: number
  readonly kind: DecisionKind
  readonly text: string
  readonly reason: string
  /** Whether the reason must be written. */
  readonly needed: boolean
  readonly busy: boolean
  readonly error: CallFailed | null
  readonly onKind: (kind: DecisionKind) => void
  readonly onText: (text: string) => void
  readonly onReason: (reason: string) => void
  readonly onSave: () => void
}

export function DecideForm(props: DecideFormProps) {
  const m = useTexts().merging
  const { count, kind, needed } = props
  const words = kind === 'combine' || kind === 'edit'
  const hint = kind === 'adopt' ? m.adoptHint : kind === 'decline' ? m.declineHint : m.deferHint
  const missing = (needed && props.reason.trim() === '') || (words && props.text.trim() === '')
  const blocked =
    count === 0
      ? m.decideTitle(0)
      : missing
        ? words && props.text.trim() === ''
          ? m.wording
          : m.reasonNeeded
        : undefined
  return (
    <form
      class="decide"
      id="decide"
      aria-labelledby="decide-heading"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === undefined && !props.busy) props.onSave()
      }}
    >
      <div class="decide-top">
        <h2 id="decide-heading">{m.decideTitle(count)}</h2>
        <Choice
          legend={m.decisionLegend}
          quietLegend
          joined
          options={DECISION_KINDS.map((value) => ({ value, label: m.decisions[value] }))}
          value={kind}
          onChoose={props.onKind}
        />
      </div>
      <FailureBanner error={props.error} />
      {words ? (
        <Field label={m.wording} lines={2} value={props.text} onInput={props.onText} />
      ) : (
        <p class="muted sm">{hint}</p>
      )}
      <div class="decide-foot">
        <div class="grow">
          <Field label={needed ? m.reasonNeeded : m.reason} value={props.reason} onInput={props.onReason} />
        </div>
        <Button kind="main" big type="submit" busy={props.busy} blocked={blocked}>
          {m.decideNow(count)}
        </Button>
      </div>
    </form>
  )
}
