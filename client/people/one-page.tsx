/** A page with one thing to do, without a workshop around it: the clear bar and a narrow column. */
import type { ComponentChildren } from 'preact'
import { ClearBar } from './clear-bar.tsx'

export function OnePage({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="join">
      <ClearBar />
      <main class="one-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
