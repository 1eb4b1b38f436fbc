/** The bar of pages without one's own work: the word mark and the device's settings on the bare desk. */
import type { ComponentChildren } from 'preact'
import { DeviceSettings, WordMark } from '../ui/top-bar.tsx'

export function ClearBar({ children }: { readonly children?: ComponentChildren }) {
  return (
    <header class="bar bar-clear">
      <WordMark />
      <span class="grow" />
      <div class="row prefs">
        <DeviceSettings />
      </div>
      {children}
    </header>
  )
}
