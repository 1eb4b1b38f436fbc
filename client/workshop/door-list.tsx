/** The door: names that were typed with the right code and are not on the roster; to admit or to refuse, in the set-up and on the wall. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { refuseName, waitingNames } from '../../shared/people/joining-contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { say } from '../ui/toast.tsx'
import { AddPersonDialog } from './add-person-dialog.tsx'
import { hourOf } from './clock.ts'

type Waiting = ReplyOf<typeof waitingNames>[number]

type Door = { readonly names: readonly Waiting[]; readonly reload: () => void }

function useDoor(workshop: string): Door {
  const { state, reload } = useRecord<typeof waitingNames>(
    'GET',
    '/api/workshops/:workshop/waiting',
    { params: { workshop } } as never,
    [`workshop:${workshop}`],
  )
  return { names: state.kind === 'ready' ? state.value : [], reload }
}

/** The list where there is room for it; nothing while nobody waits. */
export function DoorList({ workshop }: { readonly workshop: string }) {
  const t = useTexts()
  const door = useDoor(workshop)
  if (door.names.length === 0) return null
  return (
    <section class="bad-rows" aria-labelledby="door-h">
      <h2 id="door-h">{t.workshop.waitingTitle}</h2>
      <Names workshop={workshop} door={door} />
    </section>
  )
}

/** On the wall only how many wait: a room full of people reads along. The names stand in a dialog. */
export function DoorButton({ workshop }: { readonly workshop: string }) {
  const t = useTexts()
  const door = useDoor(workshop)
  const [open, setOpen] = useState(false)
  if (door.names.length === 0 && !open) return null
  return (
    <>
      <Button full icon="user-plus" onClick={() => setOpen(true)}>
        {t.workshop.doorWaits(door.names.length)}
      </Button>
      <Dialog
        title={t.workshop.waitingTitle}
        open={open}
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>{t.general.close}</Button>}
      >
        {door.names.length === 0 ? <p role="status">{t.workshop.doorNone}</p> : null}
        <Names workshop={workshop} door={door} />
      </Dialog>
    </>
  )
}

function Names({ workshop, door }: { readonly workshop: string; readonly door: Door }) {
  const t = useTexts()
  const [admitting, setAdmitting] = useState<Waiting | null>(null)
  const [refusing, setRefusing] = useState<Waiting | null>(null)
  const { busy, error, run } = useAction()
  const refuse = ({ id, name }: Waiting) =>
    run(async () => {
      const params = { workshop, waiting: id } as never
      await call<typeof refuseName>('DELETE', '/api/workshops/:workshop/waiting/:waiting', { params })
      say({ text: t.workshop.refused(name) })
      setRefusing(null)
      door.reload()
    })
  return (
    <div class="door">
      <ol>
        {door.names.map((one) => (
          <li key={one.id}>
            <div class="grow">
              <b>{one.organisation === '' ? one.name : `${one.name} · ${one.organisation}`}</b>
              <p class="muted sm">{t.workshop.doorAsked(hourOf(Date.parse(one.at)))}</p>
            </div>
            <div class="actions">
              <Button
                icon="user-plus"
                onClick={() => setAdmitting(one)}
                extra={{ 'aria-label': t.workshop.admitWho(one.name) }}
              >
                {t.workshop.admit}
              </Button>
              <Button
                kind="quiet"
                onClick={() => setRefusing(one)}
                extra={{ 'aria-label': t.workshop.refuseWho(one.name) }}
              >
                {t.workshop.refuse}
              </Button>
            </div>
          </li>
        ))}
      </ol>
      {admitting === null ? null : (
        <AddPersonDialog
          workshop={workshop}
          given={admitting}
          open
          onClose={() => {
            setAdmitting(null)
            door.reload()
          }}
          key={admitting.id}
        />
      )}
      <Dialog
        title={refusing === null ? '' : t.workshop.refuseWho(refusing.name)}
        open={refusing !== null}
        onClose={() => setRefusing(null)}
        actions={
          <>
            <Button onClick={() => setRefusing(null)}>{t.general.cancel}</Button>
            <Button kind="bad" busy={busy} onClick={() => refusing !== null && void refuse(refusing)}>
              {t.workshop.refuse}
            </Button>
          </>
        }
      >
        <p>{t.workshop.refuseText}</p>
        <FailureBanner error={error} />
      </Dialog>
    </div>
  )
}
