/** The version of the notice about personal data (its words are in shared/texts, `people.notice`). A new wording gets a new number. */
export const NOTICE_VERSION = 1
