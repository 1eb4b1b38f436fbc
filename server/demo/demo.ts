/** The demo workshop, made on first start through the same services that people use; it stands at several points at once. */
import { readFile } from 'node:fs/promises'
import { newClauseId } from '../../shared/drafting/clause-ids.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import type { DraftId, GroupId, PersonId, VersionId, WorkshopId } from '../../shared/ids.ts'
import type { Role } from '../../shared/people/roles.ts'
import type { Viewer } from '../people/viewer.ts'
import type { Rooms } from '../rooms.ts'
import { withKeptIds } from './amended-ids.ts'
import { corpusDraft, type CorpusDraft } from './corpus-draft.ts'
import { decideEverything } from './demo-merge.ts'
import { demoTexts } from './demo-texts.ts'

const GROUPS = 9
/** Groups that have handed in; the others are still drafting. */
const SUBMITTED = 7
/** The group that amended after 0.1. */
const AMENDED = 4
const TIMER_MINUTES = 45

type Seat = { readonly id: GroupId; readonly draft: DraftId; readonly content: DraftContent; readonly scribe: Viewer }

/**
 * Makes the demo unless a workshop exists already. Returns its id, or null when nothing was made. A demo that a stop or
 * a kill left half made (its last step, an announcement, is not there) is taken away first.
 */
export async function makeDemo(rooms: Rooms): Promise<WorkshopId | null> {
  const { workshops } = rooms.workshop
  const before = await workshops.port.demo()
  if (before !== null && !(await workshops.port.demoMade())) await workshops.removeDemo(before)
  if ((await workshops.port.titles()).length > 0) return null
  const id = await workshops.createDemo({ ...demoTexts.workshop, template: 'long' })
  const staff = async (role: keyof typeof demoTexts.staff): Promise<Viewer> => {
    const person = await rooms.people.accounts.createDemo(demoTexts.staff[role], role as Role, id)
    return viewerOf(person, (await rooms.people.accounts.viewerOf(person)) ?? { name: '', standings: [] })
  }
  const facilitator = await staff('facilitator')
  const editor = await staff('editor')
  await staff('policymaker')
  await staff('secretary')
  const seats = await seatGroups(rooms, facilitator, id)
  for (const seat of seats.slice(0, SUBMITTED)) await rooms.drafting.submissions.submit(seat.scribe, seat.draft)
  await decideEverything(rooms, editor, id)
  const version = await rooms.merging.versions.freeze(editor, id, { title: demoTexts.versionTitle })
  await rooms.review.reviews.submitForReview(editor, version.id as VersionId)
  await amend(rooms, facilitator, seats[AMENDED - 1])
  await keepDrafting(rooms, facilitator, id, seats)
  return id
}

/** Roster, groups, texts, scribes, and the phase in which they write. */
async function seatGroups(rooms: Rooms, facilitator: Viewer, id: WorkshopId): Promise<Seat[]> {
  const { roster, groups, phases, participants } = rooms.workshop
  const file = await readFile(corpusFile('roster.csv'))
  await roster.apply(facilitator, id, 'roster.csv', file, { mended: [], leftOut: [], different: [] })
  const made = await groups.make(facilitator, id, GROUPS, 1)
  await phases.move(facilitator, id, 'draft', 0)
  const seats: Seat[] = []
  for (const group of made.groups) {
    const corpus = await corpusOf(`drafts/group-${group.number}.json`)
    const content = corpusDraft(corpus, newClauseId)
    const first = group.people[0]
    if (group.draft === null || first === undefined) continue
    await groups.describe(facilitator, group.id, { topic: corpus.subject })
    await groups.setRole(facilitator, group.id, first.id, 'scribe')
    const scribe = viewerOf(first.id, (await participants.viewerOf(first.id)) ?? { name: '', standings: [] })
    await groups.shareWords(scribe, group.id, group.number % 2 === 1)
    await rooms.drafting.drafts.patch(group.draft, group.number > SUBMITTED ? begun(content) : content, first.id)
    seats.push({ id: group.id, draft: group.draft, content, scribe })
  }
  return seats
}

/** What a group has that is still writing: the last three sections are not there yet, one measure lacks its money. */
function begun(content: DraftContent): DraftContent {
  return {
    ...content,
    sections: content.sections.map((section, index) => {
      if (index >= content.sections.length - 3) return { ...section, clauses: [] }
      if (section.id !== 'recommendations') return section
      const [first, second] = section.clauses
      const rest =
        second?.kind !== 'recommendation'
          ? []
          : [{ ...second, amount: null, unit: null, fields: { ...second.fields, budget: [], kpi: [] } }]
      return { ...section, clauses: first === undefined ? [] : [first, ...rest] }
    }),
  }
}

/** The group opens its draft again, changes it and hands in once more: its difference is open in the merge. */
async function amend(rooms: Rooms, facilitator: Viewer, seat: Seat | undefined): Promise<void> {
  if (seat === undefined) return
  const amended = corpusDraft(await corpusOf(`amended/group-${AMENDED}.v2.json`), newClauseId)
  await rooms.drafting.submissions.reopen(facilitator, seat.draft)
  await rooms.drafting.drafts.patch(seat.draft, withKeptIds(seat.content, amended), seat.scribe.person as PersonId)
  await rooms.drafting.submissions.submit(seat.scribe, seat.draft)
}

/** Time runs, one group waits for help, one announcement was made. */
async function keepDrafting(rooms: Rooms, facilitator: Viewer, id: WorkshopId, seats: readonly Seat[]): Promise<void> {
  const { timers, help, broadcasts } = rooms.workshop
  await timers.change(facilitator, id, { kind: 'start', minutes: TIMER_MINUTES })
  const last = seats.at(-1)
  if (last !== undefined) await help.call(last.scribe, last.id, demoTexts.help)
  await broadcasts.send(facilitator, id, demoTexts.broadcast)
}

const viewerOf = (person: PersonId, who: Pick<Viewer, 'name' | 'standings'>): Viewer => ({
  person,
  session: null,
  ...who,
})
const corpusFile = (name: string): URL => new URL(`./corpus/${name}`, import.meta.url)
const corpusOf = async (name: string): Promise<CorpusDraft> =>
  JSON.parse(await readFile(corpusFile(name), 'utf8')) as CorpusDraft
