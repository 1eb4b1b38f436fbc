/** A banner: offline, failed, closed, found; an icon, words, and what to do next. */
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

export type BannerProps = {
  readonly tone?: 'warn' | 'bad' | 'ok'
  readonly icon: string
  readonly children: ComponentChildren
  readonly live?: boolean
}

export function Banner({ tone, icon, children, live }: BannerProps) {
  return (
    <div class={`banner${tone === undefined ? '' : ` banner-${tone}`}`} role={live === true ? 'status' : undefined}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
    </div>
  )
}
