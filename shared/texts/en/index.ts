/** The English catalogue, by room. */
import type { Texts } from '../catalogue.ts'
import { drafting } from './drafting.ts'
import { editor } from './editor.ts'
import { general } from './general.ts'
import { history } from './history.ts'
import { merging } from './merging.ts'
import { people } from './people.ts'
import { review } from './review.ts'
import { terms } from './terms.ts'
import { workshop } from './workshop.ts'

export const en: Texts = { drafting, editor, general, history, merging, people, review, terms, workshop }
