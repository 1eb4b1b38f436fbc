/** The question before an older text comes back: what comes, what goes, what stays, and that it can be undone. */
import type { readMoment } from '../../shared/drafting/history-contract.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'

/** A moment as it is on the screen. */
export type ShownMoment = ReplyOf<typeof readMoment>

export type RestoreDialogProps = {
  /** What was on the screen when it was asked for; null: closed. */
  readonly asked: ShownMoment | null
  readonly time: string
  readonly busy: boolean
  readonly onClose: () => void
  readonly onRestore: (seen: number) => void
}

export function RestoreDialog({ asked, time, busy, onClose, onRestore }: RestoreDialogProps) {
  const t = useTexts()
  const h = t.history
  const lines =
    asked === null
      ? []
      : ([
          ['plus', asked.counts.added, h.askBack(asked.counts.added)],
          ['pencil-line', asked.counts.changed, h.askChanged(asked.counts.changed)],
          ['minus', asked.counts.removed, h.askGone(asked.counts.removed)],
          ['arrow-down-up', asked.counts.moved, h.askMoved(asked.counts.moved)],
          ['list-checks', asked.choices.length, h.askTicks],
          ['lock', asked.locked.length, h.locked(asked.locked.map((section) => t.terms.sections[section]).join(', '))],
        ] as const)
  return (
    <Dialog
      title={h.askTitle(time)}
      open={asked !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{h.cancel}</Button>
          <Button
            kind="main"
            icon="rotate-ccw"
            busy={busy}
            onClick={() => {
              if (asked !== null) onRestore(asked.now)
            }}
          >
            {busy ? h.busy : h.restore}
          </Button>
        </>
      }
    >
      <ul class="restore-list">
        {lines.map(([icon, count, words]) =>
          count === 0 ? null : (
            <li class="row" key={icon}>
              <Icon name={icon} /> {words}
            </li>
          ),
        )}
      </ul>
      <p>{h.askStays}</p>
      <p>{h.askUndo}</p>
    </Dialog>
  )
}
