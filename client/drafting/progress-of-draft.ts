/** What the draft's screen shows of progress, computed on this device from what stands in the page. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { codesOf } from '../../shared/drafting/clause-codes.ts'
import { digestOf, missingOf, type Missing, type SectionDigest } from '../../shared/drafting/progress.ts'
import type { Template } from '../../shared/drafting/template.ts'

/** Something asked for that is not there; `code` = the measure's number for people, null for a whole section. */
export type MissingItem = Missing & { readonly code: string | null }
export type Progress = { readonly sections: readonly SectionDigest[]; readonly missing: readonly MissingItem[] }

/** Sections, their states, and what is missing with its number. */
export function progressOf(content: DraftContent, template: Template): Progress {
  const codes = codesOf(content)
  return {
    sections: digestOf(content, template).sections,
    missing: missingOf(content, template).map((item) => ({
      ...item,
      code: item.clause === undefined ? null : (codes.get(item.clause) ?? null),
    })),
  }
}
