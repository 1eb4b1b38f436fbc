/** The Thai catalogue, by room. */
import { general } from './general.ts'

export const th = { general }
