/** The official package as data: what the DOCX writer and the PDF template draw, with Thai digits and Buddhist-Era dates already in. */

/** A run of letters of the package. */
export type Words = { readonly t: string; readonly b?: true; readonly i?: true }

/** One block of the proposal's text. `code` is the clause's code in Thai digits, `id` a bookmark name; `label` a list item's own. */
export type TextBlock = {
  readonly k: 'p' | 'h' | 'li' | 'q'
  readonly id: string
  readonly code: string
  readonly level: number
  readonly label: string
  readonly runs: readonly Words[]
}
/** A measure: shaded title row, then label and value pairs two by two. */
export type MeasureBlock = {
  readonly k: 'rec'
  readonly id: string
  readonly code: string
  readonly title: string
  readonly text: string
  readonly pairs: readonly (readonly [string, string])[]
}
export type TableBlock = {
  readonly k: 'table'
  readonly id: string
  readonly code: string
  readonly rows: readonly (readonly string[])[]
}
export type Block = TextBlock | MeasureBlock | TableBlock

export type MemoPart = {
  readonly title: string
  readonly clauses: readonly { readonly label: string; readonly text: string }[]
}

export type LedgerGroup = {
  readonly title: string
  /** Code, text, outcome, clause of the proposal, reason. */
  readonly rows: readonly (readonly [string, string, string, string, string])[]
}

/** Everything printed. Plain JSON: it crosses to the worker and into the template as data, never as markup. */
export type PackageModel = {
  readonly title: string
  /** "(ร่าง)" while nothing is approved, else empty. */
  readonly draft: string
  readonly label: string
  /** Short version code, Latin letters and Arabic digits as it is on screen. */
  readonly code: string
  readonly hash: string
  readonly url: string
  /** Modules of the QR code of `url`, rows of 0 and 1. */
  readonly qr: readonly string[]
  readonly footer: string
  /** The document's own date, milliseconds since 1970: the file's metadata. */
  readonly at: number
  readonly approval: string
  readonly memo: {
    readonly title: string
    readonly labels: {
      readonly agency: string
      readonly number: string
      readonly date: string
      readonly subject: string
    }
    readonly agency: readonly string[]
    readonly number: string
    readonly date: string
    readonly subject: string
    readonly toLabel: string
    readonly to: string
    readonly parts: readonly MemoPart[]
    readonly closing: string
    readonly signer: string
    readonly position: string
  }
  readonly summary: {
    readonly enclosure: string
    readonly title: string
    readonly parts: readonly { readonly title: string; readonly text: string }[]
    readonly keyTitle: string
    readonly keyHead: readonly string[]
    readonly key: readonly (readonly string[])[]
    readonly resultsTitle: string
    readonly resultsHead: readonly string[]
    readonly results: readonly string[]
    readonly asksTitle: string
    readonly asks: string
  }
  readonly table: {
    readonly enclosure: string
    readonly title: string
    readonly head: readonly string[]
    /** Order, measure, lead, support, budget, source, timeframe, indicator, groups. */
    readonly rows: readonly (readonly string[])[]
  }
  readonly proposal: {
    readonly enclosure: string
    readonly by: string
    readonly sections: readonly {
      readonly number: string
      readonly title: string
      readonly note: string
      readonly blocks: readonly Block[]
    }[]
  }
  readonly ledger: {
    readonly enclosure: string
    readonly title: string
    readonly counts: string
    readonly head: readonly string[]
    readonly groups: readonly LedgerGroup[]
  }
}
