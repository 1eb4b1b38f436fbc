/** A personal or one-time link that shows nothing yet or leads nowhere: being looked up, without its secret, or no longer good. */
import type { RecordState } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Empty, type EmptyProps } from '../ui/empty.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Loading } from '../ui/loading.tsx'

export type UnopenedLinkProps = {
  readonly secret: string | null
  readonly state: RecordState<unknown>
  /** What to do about a link without its secret; of itself what staff does. */
  readonly missing?: string
  readonly action?: NonNullable<EmptyProps['action']>
}

export function UnopenedLink({ secret, state, missing, action }: UnopenedLinkProps) {
  const t = useTexts()
  const words = useFailureText()
  if (secret !== null && state.kind === 'loading') return <Loading label={t.general.loading} />
  const dead = secret !== null && state.kind === 'failed'
  return (
    <Empty
      icon="key-round"
      title={dead ? t.people.linkDeadTitle : t.people.cardIncomplete}
      text={dead ? words(state.error) : (missing ?? t.people.linkMissing)}
      action={action ?? { label: t.general.toSignIn, href: '/sign-in' }}
    />
  )
}
