/** The fields of the official memo that a workshop keeps; day, number and signature stay blank for the clerk. */

/** Empty = the default, or a blank to fill in by hand. */
export type MemoFields = {
  /** The agency's own line. */
  readonly agency: string
  /** Telephone and e-mail of the agency, a line of their own. */
  readonly contact: string
  /** What stands before the number that the registry gives. */
  readonly prefix: string
  /** Whom the memo addresses, without the word of address. */
  readonly to: string
  /** Full name in brackets under the place of the signature. */
  readonly signer: string
  readonly position: string
}

export const NO_MEMO: MemoFields = { agency: '', contact: '', prefix: '', to: '', signer: '', position: '' }
