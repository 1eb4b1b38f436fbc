/** The version of the form that drafts have in a Y.Doc: a page of another version is loaded anew before it touches a draft. */

/** Rises when what a page writes into a draft could not be read by pages loaded before. */
export const DRAFT_SCHEMA = 1
