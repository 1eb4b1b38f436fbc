/** The Thai catalogue, by room. */
import { drafting } from './drafting.ts'
import { general } from './general.ts'
import { merging } from './merging.ts'
import { terms } from './terms.ts'

export const th = { drafting, general, merging, terms }
