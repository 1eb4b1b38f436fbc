/** The English catalogue, by room. */
import type { Texts } from '../catalogue.ts'
import { drafting } from './drafting.ts'
import { general } from './general.ts'
import { merging } from './merging.ts'
import { terms } from './terms.ts'

export const en: Texts = { drafting, general, merging, terms }
