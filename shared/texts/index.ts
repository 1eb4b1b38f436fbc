/** Both catalogues by language. */
import type { Language, Texts } from './catalogue.ts'
import { en } from './en/index.ts'
import { th } from './th/index.ts'

export type { Language, Texts } from './catalogue.ts'
export const CATALOGUES: Readonly<Record<Language, Texts>> = { th, en }
