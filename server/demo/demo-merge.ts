/** The demo editor's decisions: every clause of seven submissions, so that 0.1 can be frozen with a complete ledger. */
import { plainText, type Clause } from '../../shared/drafting/canonical.ts'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import type { WorkshopId } from '../../shared/ids.ts'
import type { DecideInput } from '../merging/merging.ts'
import type { Viewer } from '../people/viewer.ts'
import type { Rooms } from '../rooms.ts'
import { demoTexts } from './demo-texts.ts'

const wordingOf = (clause: Clause): string =>
  clause.kind === 'recommendation'
    ? plainText(clause.fields.measure)
    : clause.kind === 'table'
      ? ''
      : plainText(clause.runs)

/** One in so many single measures is put off or not taken, so that every kind of decision can be seen. */
const DECLINED_EVERY = 13
const DEFERRED_EVERY = 17

/** What the editor would decide about a section's topics: like clauses combined, single ones adopted, a few declined or put off. */
async function decisionsFor(
  { merging }: Rooms,
  viewer: Viewer,
  workshop: WorkshopId,
  section: SectionId,
): Promise<DecideInput[]> {
  const { topics } = await merging.merging.topics(viewer, workshop, section)
  return topics.map((topic, index): DecideInput => {
    const clauses = topic.clauses.map((clause) => clause.ref)
    const base = topic.clauses[0]
    if (topic.clauses.length > 1 && base !== undefined) {
      const reason = topic.conflicts.length > 0 ? demoTexts.reasons.conflict : demoTexts.reasons.combined
      return { clauses, kind: 'combine', reason, text: wordingOf(base.clause) }
    }
    if (section === 'recommendations' && index % DECLINED_EVERY === DECLINED_EVERY - 1) {
      return { clauses, kind: 'decline', reason: demoTexts.reasons.declined }
    }
    if (section === 'recommendations' && index % DEFERRED_EVERY === DEFERRED_EVERY - 1) {
      return { clauses, kind: 'defer', reason: demoTexts.reasons.deferred }
    }
    return { clauses, kind: 'adopt', reason: '' }
  })
}

/** Decides everything as one entry. */
export async function decideEverything(rooms: Rooms, viewer: Viewer, workshop: WorkshopId): Promise<void> {
  const decisions: DecideInput[] = []
  for (const section of SECTION_IDS) decisions.push(...(await decisionsFor(rooms, viewer, workshop, section)))
  await rooms.merging.merging.decideTogether(viewer, workshop, decisions)
}
