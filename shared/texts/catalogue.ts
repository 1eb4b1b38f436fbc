/** The shape that both catalogues share: Thai is written first, English must match it. */
import type { th } from './th/index.ts'

type Widen<Value> = Value extends string
  ? string
  : Value extends (...input: infer Input) => string
    ? (...input: Input) => string
    : { readonly [Key in keyof Value]: Widen<Value[Key]> }

export type Texts = Widen<typeof th>
export type Language = 'th' | 'en'
