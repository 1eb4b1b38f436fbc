/** Confirming the move of a phase, and how long everybody sees it coming. */
import { useState } from 'preact/hooks'
import type { movePhase } from '../../shared/workshop/conduct-contract.ts'
import { COUNTDOWNS, USUAL_COUNTDOWN, type Phase } from '../../shared/workshop/phases.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'

export type MoveDialogProps = { readonly workshop: string; readonly to: Phase | null; readonly onClose: () => void }

export function MoveDialog({ workshop, to, onClose }: MoveDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [seconds, setSeconds] = useState<string>(String(USUAL_COUNTDOWN))
  const name = to === null ? '' : t.terms.phases[to]
  const move = () => {
    if (to === null) return
    void run(async () => {
      const body = { to, countdown: Number(seconds) }
      await call<typeof movePhase>('POST', '/api/workshops/:workshop/phase', { params: { workshop }, body })
      onClose()
    })
  }
  return (
    <Dialog
      title={t.workshop.moveTitle(name)}
      open={to !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" busy={busy} iconAfter="arrow-right" onClick={move}>
            {t.workshop.confirmMove}
          </Button>
        </>
      }
    >
      <p>{t.workshop.moveText}</p>
      <Choice
        legend={t.workshop.countdown}
        joined
        options={COUNTDOWNS.map((value) => ({ value: String(value), label: t.workshop.countdownOf(value) }))}
        value={seconds}
        onChoose={setSeconds}
      />
      <FailureBanner error={error} />
    </Dialog>
  )
}
