/** Freezing: what it means, the version's title, the legal basis when none is known, one button. */
import { useState } from 'preact/hooks'
import type { freezeVersion, Matrix } from '../../shared/merging/contract.ts'
import { shortHash } from '../../shared/merging/version.ts'
import { call } from '../app/api.ts'
import { navigate } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Field } from '../ui/field.tsx'
import { say } from '../ui/toast.tsx'

export type FreezeDialogProps = {
  readonly workshop: string
  readonly matrix: Matrix
  readonly open: boolean
  readonly onClose: () => void
}

export function FreezeDialog({ workshop, matrix, open, onClose }: FreezeDialogProps) {
  const t = useTexts()
  const m = t.merging
  const [title, setTitle] = useState(matrix.title)
  const [unknown, setUnknown] = useState(false)
  const action = useAction()
  const needsLaw = matrix.barred.includes('legal-basis')
  const freeze = () =>
    void action.run(async () => {
      const body = { title, legalUnknown: unknown }
      const made = await call<typeof freezeVersion>('POST', '/api/workshops/:workshop/versions', {
        params: { workshop },
        body,
      })
      say({ text: m.frozen(made.number, shortHash(made.hash)) })
      navigate(`/w/${workshop}/versions`)
    })
  return (
    <Dialog
      title={m.freezeTitle(matrix.next)}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button
            kind="main"
            icon="lock"
            busy={action.busy}
            blocked={needsLaw && !unknown ? m.barred['legal-basis'] : undefined}
            onClick={freeze}
          >
            {m.freezeNow(matrix.next)}
          </Button>
        </>
      }
    >
      <p>{m.freezeText}</p>
      <Field label={m.versionTitle} value={title} onInput={setTitle} />
      {needsLaw ? (
        <label class="row">
          <input type="checkbox" checked={unknown} onChange={(event) => setUnknown(event.currentTarget.checked)} />
          {m.legalTick}
        </label>
      ) : null}
      <FailureBanner error={action.error} />
    </Dialog>
  )
}
