/** A person as a coloured disc with the first letter of the name; the name is said, never the colour alone. */
const COLOURS = 6

/** A steady colour 1…6 for a person's id. */
export function colourOf(id: string): number {
  let sum = 0
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0
  return (sum % COLOURS) + 1
}

/** Thai leading vowels stand before the consonant that people take as a name's first letter. */
const LEADING_VOWELS = /^[\u0E40-\u0E44]/

/** The letter shown for a name. */
export function initialOf(name: string): string {
  const letters = [...name.trim().replace(LEADING_VOWELS, '')]
  return letters[0] ?? '?'
}

export type FaceProps = {
  readonly id: string
  readonly name: string
  readonly small?: boolean
  readonly silent?: boolean
}

/** `silent` when the name stands beside it. */
export function Face({ id, name, small, silent }: FaceProps) {
  const names = `face p${colourOf(id)}${small === true ? ' face-s' : ''}`
  if (silent === true) {
    return (
      <span class={names} aria-hidden="true">
        {initialOf(name)}
      </span>
    )
  }
  return (
    <span class={names} role="img" aria-label={name} title={name}>
      {initialOf(name)}
    </span>
  )
}
