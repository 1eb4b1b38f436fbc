/** Templates of a proposal as data: sections, what is asked for at submission, guidance; DOMAIN.md "The proposal template". */

export const SECTION_IDS = [
  'title',
  'authors',
  'background',
  'evidence',
  'target_groups',
  'legal_basis',
  'role_gaps',
  'objectives',
  'recommendations',
  'conditions_risks',
  'monitoring',
  'minority_view',
] as const
export type SectionId = (typeof SECTION_IDS)[number]

/** Target groups of DOMAIN.md; a workshop's template may extend the list. Labels live in the catalogues under `targetGroups`. */
export const TARGET_GROUPS = [
  'children',
  'elderly',
  'disabled',
  'women_family',
  'low_income',
  'homeless',
  'begging',
  'informal_workers',
  'ethnic',
  'bedridden',
  'hiv_aids',
  'emergency',
  'other',
] as const

export type TemplateSection = {
  readonly id: SectionId
  /** Number shown before the section: the long template's own number in both templates (short = 1, 3, 5, 9, 12). */
  readonly number: number
  /** Asked for at submission and listed when missing; never a bar. */
  readonly asked: boolean
  /** What may stand in it. */
  readonly holds: 'line' | 'text' | 'choices' | 'laws' | 'recommendations'
}

export type Template = { readonly id: string; readonly version: number; readonly sections: readonly TemplateSection[] }

const ASKED: ReadonlySet<SectionId> = new Set(['title', 'background', 'target_groups', 'recommendations'])
const HOLDS: Partial<Record<SectionId, TemplateSection['holds']>> = {
  title: 'line',
  target_groups: 'choices',
  legal_basis: 'laws',
  recommendations: 'recommendations',
}

const section = (id: SectionId): TemplateSection => ({
  id,
  number: SECTION_IDS.indexOf(id) + 1,
  asked: ASKED.has(id),
  holds: HOLDS[id] ?? 'text',
})

/** All twelve sections; the consolidated proposal always has these. */
export const LONG_TEMPLATE: Template = { id: 'long', version: 1, sections: SECTION_IDS.map(section) }

/** Five sections, the default for a group with 90 minutes. */
export const SHORT_TEMPLATE: Template = {
  id: 'short',
  version: 1,
  sections: (['title', 'background', 'target_groups', 'recommendations', 'minority_view'] as const).map(section),
}

export const TEMPLATES: readonly Template[] = [SHORT_TEMPLATE, LONG_TEMPLATE]

/** The built-in template of this id, or undefined. */
export function templateOf(id: string): Template | undefined {
  return TEMPLATES.find((template) => template.id === id)
}
