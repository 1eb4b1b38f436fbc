/** The shapes that the draft's screen shows of progress, computed on this device from what stands in the page. */
import type { RecommendationField } from '../../shared/drafting/canonical.ts'
import type { SectionId } from '../../shared/drafting/template.ts'

export type SectionProgress = { readonly id: SectionId; readonly state: 'full' | 'half' | 'empty' }

/** Something asked for that is not there; `field` null = the whole section; `code` = the measure's number for people. */
export type MissingItem = {
  readonly section: SectionId
  readonly clause: string | null
  readonly field: RecommendationField | null
  readonly code: string | null
}
