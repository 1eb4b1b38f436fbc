/** Whether the wall shows the last words of the group: the group's own choice, for all of it, off until somebody switches it on. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readGroup, shareWords } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { FailureBanner } from '../ui/failure-banner.tsx'

export type ShareWordsProps = {
  readonly group: ReplyOf<typeof readGroup> | null
  readonly self: string
  readonly onChanged: () => void
}

/** Nothing for those who are not in the group. */
export function ShareWords({ group, self, onChanged }: ShareWordsProps) {
  const d = useTexts().drafting
  const { busy, error, run } = useAction()
  if (group === null || !group.people.some(({ id }) => id === self)) return null
  const shares = group.sharesWords
  const change = () =>
    run(async () => {
      await call<typeof shareWords>('POST', '/api/groups/:group/sharing', {
        params: { group: group.id },
        body: { shares: !shares },
      })
      onChanged()
    })
  return (
    <section class="stack-s" aria-label={d.shareTitle}>
      <h2>{d.shareTitle}</h2>
      <div class="choice">
        <label data-checked={shares ? 'true' : undefined}>
          <input type="checkbox" checked={shares} disabled={busy} onChange={() => void change()} />
          {d.shareWords}
        </label>
      </div>
      <p class="hint">{d.shareHint}</p>
      <FailureBanner error={error} />
    </section>
  )
}
