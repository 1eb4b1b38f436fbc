/** The English catalogue, by room. */
import type { Texts } from '../catalogue.ts'
import { general } from './general.ts'

export const en: Texts = { general }
