/** What the official package is built from: a frozen version, who approved it, the workshop, its ledger. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { DecisionKind } from '../../shared/merging/decisions.ts'
import type { MemoFields } from '../../shared/review/memo.ts'

/** One clause that a group handed in and what became of it; `where` are clause ids of the version. */
export type LedgerRow = {
  readonly group: number
  /** Code within the group's text ("9.2"). */
  readonly code: string
  readonly text: string
  readonly kind: DecisionKind
  readonly reason: string
  readonly where: readonly string[]
}

export type PackageInput = {
  readonly version: {
    readonly content: DraftContent
    readonly number: string
    readonly hash: string
    readonly at: number
    readonly title: string
  }
  /** Who approved it, absent while it is a draft. */
  readonly approval: { readonly verb: string; readonly by: string; readonly at: number } | null
  readonly workshop: {
    readonly title: string
    readonly place: string
    /** YYYY-MM-DD; empty when unknown. */
    readonly begins: string
    readonly ends: string
    readonly department: string
    /** Null when nobody counted. */
    readonly participants: number | null
  }
  readonly groups: readonly { readonly number: number; readonly name: string }[]
  readonly ledger: readonly LedgerRow[]
  readonly memo: MemoFields
  /** Address of the published page. */
  readonly url: string
  /** Name of a cited law by its id. */
  readonly lawName: (id: string) => string
}
