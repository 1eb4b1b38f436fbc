/** What the memo says at its head and foot: written once for a workshop, before documents are made. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { changeMemo, readMemo } from '../../shared/review/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Failure } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'
import { useMay } from '../workshop/use-may.ts'

/** A button for whoever may write the memo's fields, nothing for others. */
export function MemoButton({ workshop, full }: { readonly workshop: string; readonly full?: boolean }) {
  const t = useTexts()
  const allowed = useMay()('memo.change', workshop)
  const [open, setOpen] = useState(false)
  if (!allowed) return null
  return (
    <>
      <Button icon="pencil-line" full={full === true} onClick={() => setOpen(true)}>
        {t.review.memo}
      </Button>
      {open ? <MemoDialog workshop={workshop} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type DialogProps = { readonly workshop: string; readonly onClose: () => void }

function MemoDialog({ workshop, onClose }: DialogProps) {
  const t = useTexts()
  const { state, reload } = useRecord<typeof readMemo>('GET', '/api/workshops/:workshop/memo', { params: { workshop } })
  if (state.kind === 'ready') return <MemoForm workshop={workshop} memo={state.value} onClose={onClose} />
  return (
    <Dialog title={t.review.memo} open onClose={onClose} actions={<Button onClick={onClose}>{t.general.close}</Button>}>
      {state.kind === 'loading' ? (
        <p role="status">{t.general.loading}</p>
      ) : (
        <Failure error={state.error} onRetry={reload} />
      )}
    </Dialog>
  )
}

function MemoForm({ workshop, memo, onClose }: DialogProps & { readonly memo: ReplyOf<typeof readMemo> }) {
  const { review: t, general } = useTexts()
  const [fields, setFields] = useState(memo.fields)
  const { busy, error, run } = useAction()
  const { defaults } = memo
  const set = (name: keyof typeof fields) => (value: string) => setFields({ ...fields, [name]: value })
  const save = () =>
    run(async () => {
      await call<typeof changeMemo>('PUT', '/api/workshops/:workshop/memo', { params: { workshop }, body: fields })
      say({ text: t.memoSaved })
      onClose()
    })
  const row = (name: keyof typeof fields, hint?: string, longest = 160) => (
    <Field
      label={t.memoFields[name]}
      value={fields[name]}
      onInput={set(name)}
      {...(hint === undefined ? {} : { hint })}
      extra={{ maxLength: longest, lang: 'th' }}
    />
  )
  return (
    <Dialog
      title={t.memo}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{general.cancel}</Button>
          <Button kind="main" busy={busy} onClick={() => void save()}>
            {t.save}
          </Button>
        </>
      }
    >
      <p class="hint">{t.memoText}</p>
      {row('agency', t.memoDefault(defaults.agency))}
      {row('contact')}
      {row('prefix', t.memoPrefixHint, 40)}
      {row('to', t.memoDefault(defaults.to))}
      {row('signer', t.memoSignerHint, 120)}
      {row('position')}
      <FailureBanner error={error} />
    </Dialog>
  )
}
