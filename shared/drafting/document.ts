/** The shape of a draft's Y.Doc: its roots and the names that are not the schema's, for the reader, the binding, the seed and the guard. */
import * as Y from 'yjs'
import type { SectionId } from './template.ts'

/** A section is one Y.XmlText, a root of the Y.Doc with this name: roots cannot be deleted, renamed or doubled. */
export function sectionRootName(id: SectionId): string {
  return `section:${id}`
}

/** The text of a section; made (empty) when the document does not have it yet, which writes nothing. */
export function sectionRoot(doc: Y.Doc, id: SectionId): Y.XmlText {
  return doc.get(sectionRootName(id), Y.XmlText)
}

/** The root that holds the merge decisions of a consolidated proposal, a Y.Map keyed `submission/clause`. */
export const DECISIONS_ROOT = 'decisions'

/** Sources overlap, and Yjs holds one value for each format name: so each source is a name of its own, `from:<submission>:<clause>`. */
export const FROM_PREFIX = 'from:'

/**
 * Switches Yjs's own tidying of formats off; call it right after `new Y.Doc()`, in every page and worker. Tidying deletes in whatever
 * document applies a foreign update, so a mere reader would write, and bases would hold deletes that no entry has
 * (4 of 2,300 seeds diverged with it, 0 of 3,300 without). A private field of yjs, which is why yjs is pinned and a test watches it.
 */
export function disableTidying(doc: Y.Doc): Y.Doc {
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    transaction._needFormattingCleanup = false
  })
  return doc
}

/** A new Y.Doc for a draft, tidying off. */
export function newDraftDoc(): Y.Doc {
  return disableTidying(new Y.Doc())
}
