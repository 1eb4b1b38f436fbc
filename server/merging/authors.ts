/** The authors of a version: people whose words and decisions are in it, each under a random pseudonym of the workshop. */
import { randomBytes } from 'node:crypto'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { inlinesOf } from '../../shared/merging/sources.ts'
import type { MergeState } from './merging.ts'
import type { PseudonymRecord, VersionModels } from './version-model.ts'

/** The person's pseudonym; erasing the record leaves every hash as it is and nobody to find. */
async function pseudonymOf(
  model: VersionModels['pseudonyms'],
  workshop: WorkshopId,
  person: PersonId,
): Promise<string> {
  const id = `${workshop}/${person}`
  const known = await model.findById(id).lean<PseudonymRecord>()
  if (known !== null) return known.pseudonym
  const pseudonym = randomBytes(16).toString('hex')
  try {
    await model.create({ _id: id, workshop, person, pseudonym })
    return pseudonym
  } catch (error) {
    // Frozen twice at once: the one that was stored is the person's.
    const stored = await model.findById(id).lean<PseudonymRecord>()
    if (stored === null) throw error
    return stored.pseudonym
  }
}

/** Sorted pseudonyms: who freezes, who decided, and the authors of the submissions whose words are in the text. */
export async function authorsOf(
  model: VersionModels['pseudonyms'],
  workshop: WorkshopId,
  { state, submissions }: MergeState,
  by: PersonId,
): Promise<string[]> {
  const people = new Set<PersonId>([by])
  for (const decision of Object.values(state.decisions)) if (decision.by !== '') people.add(decision.by as PersonId)
  const inText = state.content.sections.flatMap(({ clauses }) => clauses.flatMap((clause) => inlinesOf(clause)))
  const used = new Set(
    inText.flatMap((run) => ('text' in run ? (run.from ?? []) : [])).map((origin) => origin.submission),
  )
  for (const { id, authors } of submissions) if (used.has(id)) for (const author of authors) people.add(author)
  const names: string[] = []
  for (const person of people) names.push(await pseudonymOf(model, workshop, person))
  return names.sort()
}
