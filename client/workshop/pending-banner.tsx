/** A confirmed move of the phase, counting down, and the way to call it off. */
import type { callOffMove } from '../../shared/workshop/conduct-contract.ts'
import type { PendingMove } from '../../shared/workshop/phases.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { lengthOf } from './clock.ts'

export type PendingBannerProps = {
  readonly workshop: { readonly id: string; readonly pending: PendingMove | null }
  readonly now: number
  readonly readOnly?: boolean
}

export function PendingBanner({ workshop, now, readOnly }: PendingBannerProps) {
  const t = useTexts()
  const { busy, run } = useAction()
  const { pending } = workshop
  if (pending === null || now >= pending.at) return null
  const callOff = () =>
    run(async () => {
      await call<typeof callOffMove>('DELETE', '/api/workshops/:workshop/phase', { params: { workshop: workshop.id } })
    })
  return (
    <Banner tone="warn" icon="clock">
      <div class="row between">
        <b>{t.workshop.moving(t.terms.phases[pending.to], lengthOf(pending.at - now))}</b>
        {readOnly === true ? null : (
          <Button busy={busy} icon="x" onClick={() => void callOff()}>
            {t.workshop.callOff}
          </Button>
        )}
      </div>
    </Banner>
  )
}
