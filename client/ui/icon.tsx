/** One icon of the sprite (lucide, ISC), drawn in the colour of the words beside it. */
export function Icon({ name, label }: { readonly name: string; readonly label?: string }) {
  if (label === undefined) {
    return (
      <svg class="icon" aria-hidden="true">
        <use href={`#i-${name}`} />
      </svg>
    )
  }
  return (
    <svg class="icon" role="img" aria-label={label}>
      <use href={`#i-${name}`} />
    </svg>
  )
}
