/** A screen or panel with nothing to show: why, and the first step. */
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

export type EmptyProps = {
  readonly icon: string
  readonly title: string
  readonly text: string
  readonly action?: { readonly label: string; readonly href?: string; readonly onClick?: () => void }
}

export function Empty({ icon, title, text, action }: EmptyProps) {
  return (
    <main class="empty" tabIndex={-1}>
      <Icon name={icon} />
      <h1>{title}</h1>
      <p>{text}</p>
      {action === undefined ? null : action.href === undefined ? (
        <Button kind="main" onClick={action.onClick}>
          {action.label}
        </Button>
      ) : (
        <a class="btn btn-main" href={action.href}>
          {action.label}
        </a>
      )}
    </main>
  )
}
