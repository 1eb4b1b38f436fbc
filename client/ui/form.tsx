/** A form in one column that the page sends itself: the browser neither sends it nor judges it, the fields say what is wrong. */
import type { ComponentChildren } from 'preact'

export type FormProps = { readonly onSubmit: () => void; readonly children: ComponentChildren }

export function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
