/** The Thai catalogue, by room. */
import { general } from './general.ts'
import { terms } from './terms.ts'

export const th = { general, terms }
