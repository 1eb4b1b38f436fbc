/** One clause, one answer, next: the side of the review where a policymaker answers, or a secretary records what paper says. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ANSWER_KINDS, missingFrom, type AnswerKind } from '../../shared/review/answers.ts'
import type { answerClause, ReviewClause } from '../../shared/review/contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { useDate } from '../app/use-date.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'
import { MainWords } from './clause-text.tsx'
import { OriginBox } from './origin.tsx'
import { AnswerChip } from './review-document.tsx'
import { useReviewKeys } from './review-keys.ts'

export type AnswerPanelProps = {
  readonly version: string
  readonly clause: ReviewClause
  readonly redline: boolean
  /** Code of the clause that follows an answer; null after the last. */
  readonly next: string | null
  readonly mayAnswer: boolean
  /** Whose decision is recorded; null for a policymaker's own. */
  readonly behalf: string | null
  readonly onMove: (by: 1 | -1) => void
  readonly onSaved: () => void
}

export function AnswerPanel(props: AnswerPanelProps) {
  const { version, clause, redline, next, mayAnswer, behalf, onMove, onSaved } = props
  const t = useTexts().review
  const words = useFailureText()
  const date = useDate()
  const name = useId()
  const [kind, setKind] = useState<AnswerKind | null>(clause.answer?.kind ?? null)
  const [said, setSaid] = useState(clause.answer?.words ?? '')
  /** What still fails in the answer itself; what the server refused stands in `action`. */
  const [fault, setFault] = useState<string | undefined>(undefined)
  const action = useAction()
  const error = fault ?? (action.error === null ? undefined : words(action.error))

  /** Chosen or written here since the answer that stands was shown: an answer given elsewhere must not wipe it. */
  const touched = useRef(false)
  const at = clause.answer?.at
  useLayoutEffect(() => {
    if (touched.current) return
    setKind(clause.answer?.kind ?? null)
    setSaid(clause.answer?.words ?? '')
  }, [at])

  const clear = () => {
    touched.current = true
    setFault(undefined)
    action.clear()
  }
  const choose = (answer: AnswerKind | null) => {
    setKind(answer)
    clear()
  }
  const save = () => {
    if (!mayAnswer) return
    if (kind === null) return setFault(t.needChoice)
    const missing = missingFrom(kind, said)
    if (missing !== null) return setFault(missing === 'reason' ? t.needReason : t.needChange)
    if (behalf?.trim() === '') return setFault(t.needBehalf)
    setFault(undefined)
    void action.run(async () => {
      await call<typeof answerClause>('PUT', '/api/versions/:version/answers/:clause', {
        params: { version, clause: clause.id },
        body: { kind, words: said, ...(behalf === null ? {} : { behalf }) },
      })
      touched.current = false
      say({ text: t.saved })
      onSaved()
    })
  }
  useReviewKeys({
    move: onMove,
    choose: (index) => {
      if (mayAnswer) choose(ANSWER_KINDS[index] ?? null)
    },
    save,
  })

  return (
    <>
      <header class="rev-side-h">
        <h2>{t.clause(clause.code)}</h2>
        <span class="grow" />
        <IconButton icon="chevron-up" label={t.previousClause} onClick={() => onMove(-1)} />
        <IconButton icon="chevron-down" label={t.nextClause} onClick={() => onMove(1)} />
      </header>
      <p class="rev-clause">
        <MainWords parts={clause.parts} redline={redline} />
      </p>
      <OriginBox clause={clause} />
      {mayAnswer ? (
        <form
          class="answer"
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <fieldset class="pick">
            <legend>
              {t.yourAnswer}
              {clause.asked ? null : <span class="muted"> · {t.optional}</span>}
            </legend>
            {ANSWER_KINDS.map((one) => (
              <label data-checked={one === kind ? 'true' : undefined} key={one}>
                <input type="radio" name={name} checked={one === kind} onChange={() => choose(one)} />
                <span class="pick-dot" />
                <b>{t.answers[one]}</b>
              </label>
            ))}
          </fieldset>
          {kind === null ? null : (
            <Field
              label={kind === 'change' ? t.changeHow : kind === 'decline' ? t.why : t.note}
              value={said}
              onInput={(text) => {
                setSaid(text)
                clear()
              }}
              lines={kind === 'accept' ? 2 : 3}
              error={error}
            />
          )}
          {kind === null && error !== undefined ? (
            <p class="field-error" role="alert">
              {error}
            </p>
          ) : null}
          <Button
            kind="main"
            big
            full
            type="submit"
            busy={action.busy}
            iconAfter={next === null ? 'check' : 'arrow-right'}
          >
            {next === null ? t.saveLast : t.saveAndNext(next)}
          </Button>
          <p class="hint wide-only">{t.keys}</p>
        </form>
      ) : clause.answer === null ? (
        <p class="muted">{t.none}</p>
      ) : (
        <div class="answer-given">
          <AnswerChip clause={clause} />
          {clause.answer.words === '' ? null : <p lang="th">{clause.answer.words}</p>}
          <p class="muted">
            {clause.answer.by} · {date(clause.answer.at, true)}
            {clause.answer.recordedBy === '' ? '' : ` · ${t.recordedBy(clause.answer.recordedBy)}`}
          </p>
        </div>
      )}
    </>
  )
}
