/** Buttons: one main action a screen, plain, quiet, help; disabled ones stay focusable and say why. */
import type { ComponentChildren, ButtonHTMLAttributes } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'

export type ButtonProps = {
  readonly children?: ComponentChildren
  readonly kind?: 'main' | 'plain' | 'quiet' | 'help' | 'bad'
  readonly icon?: string
  readonly iconAfter?: string
  readonly big?: boolean
  readonly full?: boolean
  /** Why it cannot be pressed now; shown dashed, told to screen readers, does nothing. */
  readonly blocked?: string | undefined
  readonly busy?: boolean
  readonly type?: 'button' | 'submit'
  readonly onClick?: (() => void) | undefined
  readonly extra?: ButtonHTMLAttributes
}

const KINDS = { main: ' btn-main', plain: '', quiet: ' btn-quiet', help: ' btn-help', bad: ' btn-bad' } as const

export function Button(props: ButtonProps) {
  const reason = useId()
  const { kind = 'plain', blocked, busy } = props
  const stopped = blocked !== undefined || busy === true
  const names = `btn${KINDS[kind]}${props.big === true ? ' btn-big' : ''}${props.full === true ? ' btn-full' : ''}`
  return (
    <>
      <button
        type={props.type ?? 'button'}
        class={names}
        aria-disabled={stopped ? 'true' : undefined}
        aria-busy={busy === true ? 'true' : undefined}
        aria-describedby={blocked === undefined ? undefined : reason}
        onClick={(event) => {
          // The second press of a double click was meant for what the first one sent, not for what has come in its place.
          const isSecond = props.type === 'submit' && event.detail > 1
          if (!stopped && !isSecond) return props.onClick?.()
          event.preventDefault()
        }}
        {...props.extra}
      >
        {props.icon === undefined ? null : <Icon name={props.icon} />}
        {props.children}
        {props.iconAfter === undefined ? null : <Icon name={props.iconAfter} />}
      </button>
      {blocked === undefined ? null : (
        <span class="sr" id={reason}>
          {blocked}
        </span>
      )}
    </>
  )
}

export type IconButtonProps = {
  readonly icon: string
  /** Its name for everybody who does not see the icon. */
  readonly label: string
  readonly onClick: () => void
  readonly pressed?: boolean
  readonly blocked?: boolean
}

export function IconButton({ icon, label, onClick, pressed, blocked }: IconButtonProps) {
  return (
    <button
      type="button"
      class="btn btn-icon"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-disabled={blocked === true ? 'true' : undefined}
      onClick={() => {
        if (blocked !== true) onClick()
      }}
    >
      <Icon name={icon} />
    </button>
  )
}
