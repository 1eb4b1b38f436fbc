/** A personal or one-time link that leads nowhere: it came without its secret, or is no longer good. */
import type { CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { Empty, type EmptyProps } from '../ui/empty.tsx'
import { useFailureText } from '../ui/failure.tsx'

export type DeadLinkProps = {
  /** Null: the link came without its secret. */
  readonly error: CallFailed | null
  /** What to do about a link without its secret. */
  readonly missing: string
  readonly action: NonNullable<EmptyProps['action']>
}

export function DeadLink({ error, missing, action }: DeadLinkProps) {
  const t = useTexts()
  const words = useFailureText()
  return (
    <Empty
      icon="key-round"
      title={error === null ? t.people.cardIncomplete : t.people.linkDeadTitle}
      text={error === null ? missing : words(error)}
      action={action}
    />
  )
}
