/** One group's own phase: it lags or leads its workshop, or follows it again. */
import { useState } from 'preact/hooks'
import type { setGroupPhase } from '../../shared/workshop/conduct-contract.ts'
import type { Phase } from '../../shared/workshop/phases.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { say } from '../ui/toast.tsx'
import type { Wall } from './wall-bar.tsx'
import type { Tile } from './wall-tile.tsx'

export type GroupPhaseDialogProps = {
  readonly workshop: Wall['workshop']
  readonly tile: Tile
  readonly onClose: () => void
}

const WITH_WORKSHOP = 'workshop'

export function GroupPhaseDialog({ workshop, tile, onClose }: GroupPhaseDialogProps) {
  const t = useTexts()
  const { busy, error, run } = useAction()
  const [chosen, setChosen] = useState<Phase | typeof WITH_WORKSHOP>(tile.phase ?? WITH_WORKSHOP)
  const save = () =>
    run(async () => {
      const phase = chosen === WITH_WORKSHOP ? null : chosen
      if (phase !== tile.phase) {
        await call<typeof setGroupPhase>('POST', '/api/groups/:group/phase', {
          params: { group: tile.id },
          body: { phase },
        })
        const { groupPhaseBack, groupPhaseSet } = t.workshop
        say({ text: phase === null ? groupPhaseBack(tile.number) : groupPhaseSet(tile.number, t.terms.phases[phase]) })
      }
      onClose()
    })
  return (
    <Dialog
      title={t.workshop.groupPhase(tile.number)}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.general.cancel}</Button>
          <Button kind="main" busy={busy} onClick={() => void save()}>
            {t.workshop.save}
          </Button>
        </>
      }
    >
      <p>{t.workshop.groupPhaseText(t.terms.phases[workshop.phase])}</p>
      <Choice
        legend={t.workshop.groupPhaseField}
        options={[
          { value: WITH_WORKSHOP, label: t.workshop.followWorkshop },
          ...workshop.agenda.map((phase) => ({ value: phase, label: t.terms.phases[phase] })),
        ]}
        value={chosen}
        onChoose={setChosen}
      />
      <FailureBanner error={error} />
    </Dialog>
  )
}
