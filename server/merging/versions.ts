/** Versions: freezing the proposal with its hash and signature, listing, reading, comparing. */
import { createHash, randomBytes } from 'node:crypto'
import { codesOf } from '../../shared/drafting/clause-codes.ts'
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { canonicalJson } from '../../shared/drafting/canonical-json.ts'
import { newClauseId } from '../../shared/drafting/clause-ids.ts'
import { freshId, type PersonId, type VersionId, type WorkshopId } from '../../shared/ids.ts'
import type { Compared, VersionHead } from '../../shared/merging/contract.ts'
import { isEmpty, mainText } from '../../shared/merging/sources.ts'
import { nextNumber, VERSION_FORMAT, versionHashInput, type VersionBody } from '../../shared/merging/version.ts'
import { merging as thai } from '../../shared/texts/th/merging.ts'
import type { Announcer } from '../announce/events.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import { authorsOf } from './authors.ts'
import { comparison } from './comparison.ts'
import type { FrozenVersion } from './frozen-version.ts'
import type { MergeSources, MergeSubmission } from './merge-sources.ts'
import { progressOf, type Merging, type MergeState } from './merging.ts'
import type { Proposals, ProposalState } from './proposals.ts'
import type { SigningKey } from './signing-key.ts'
import type { OutcomeRow, VersionModels, VersionRecord } from './version-model.ts'

export type VersionsDeps = {
  readonly models: VersionModels
  readonly key: SigningKey
  readonly merging: Pick<Merging, 'state'>
  readonly proposals: Proposals
  readonly sources: MergeSources
  readonly announcer: Announcer
  readonly now: () => number
}

export type Versions = {
  /** Throws Problem 409 not-complete, 422 legal-basis-needed, 409 nothing-new. */
  freeze(
    viewer: Viewer,
    workshop: WorkshopId,
    input: { title?: string | undefined; legalUnknown?: boolean | undefined },
  ): Promise<VersionHead>
  list(
    viewer: Viewer,
    workshop: WorkshopId,
  ): Promise<{
    title: string
    versions: VersionHead[]
    submissions: { id: string; group: number; n: number; at: number; by: string; hash: string }[]
    open: number
  }>
  compare(viewer: Viewer, workshop: WorkshopId, from: string, to: string): Promise<Compared>
  read(viewer: Viewer, version: VersionId): Promise<FrozenVersion & { readonly publicKey: string }>
  /** Without asking permission, for other services. Null when there is none. */
  find(version: VersionId): Promise<FrozenVersion | null>
  last(workshop: WorkshopId): Promise<FrozenVersion | null>
  /** All versions of a workshop, the newest first. */
  history(workshop: WorkshopId): Promise<readonly FrozenVersion[]>
  /** The number that approval gives to the same version: text, hash and signature stay. */
  renumber(version: VersionId, number: string): Promise<void>
  head(version: FrozenVersion): Promise<VersionHead>
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** The hash of a submission: SHA-256 of its content's canonical JSON. */
export function submissionHash(submission: MergeSubmission): string {
  return sha256(canonicalJson(submission.content))
}

const restored = (record: VersionRecord): FrozenVersion => {
  const body = JSON.parse(record.canonical) as VersionBody
  return {
    id: record._id as VersionId,
    workshop: record.workshop as WorkshopId,
    number: record.number,
    hash: record.hash,
    title: body.title,
    at: record.at,
    by: record.by,
    content: body.content,
    codes: codesOf(body.content),
    parents: record.parents,
    canonical: record.canonical,
    signature: record.signature,
    outcomes: record.outcomes,
  }
}

const legalBasis = (content: DraftContent) => content.sections.find(({ id }) => id === 'legal_basis')?.clauses ?? []

export function createVersions(deps: VersionsDeps): Versions {
  const { models, key, merging, proposals, sources, announcer, now } = deps

  const all = async (workshop: WorkshopId): Promise<FrozenVersion[]> => {
    const records = await models.versions.find({ workshop }).lean<VersionRecord[]>()
    return records.map(restored).sort((a, b) => b.at - a.at)
  }
  const last = async (workshop: WorkshopId): Promise<FrozenVersion | null> => (await all(workshop))[0] ?? null
  const find = async (version: VersionId): Promise<FrozenVersion | null> => {
    const record = await models.versions.findById(version).lean<VersionRecord>()
    return record === null ? null : restored(record)
  }

  const head = async (version: FrozenVersion): Promise<VersionHead> => ({
    id: version.id,
    number: version.number,
    hash: version.hash,
    title: version.title,
    at: version.at,
    by: await sources.nameOf(version.by),
    clauses: version.content.sections.reduce((sum, { clauses }) => sum + clauses.filter((c) => !isEmpty(c)).length, 0),
    parents: [...version.parents],
    groups: [...new Set(version.outcomes.map((row) => row.group))].sort((a, b) => a - b),
  })

  const sayUnknown = async (workshop: WorkshopId, by: PersonId): Promise<void> => {
    await proposals.change(workshop, by, ({ content }) => ({
      set: {},
      remove: [],
      content: {
        ...content,
        sections: content.sections.map((section) =>
          section.id === 'legal_basis' && section.clauses.every(isEmpty)
            ? {
                ...section,
                clauses: [{ id: newClauseId(), kind: 'text' as const, level: 0, runs: [{ text: thai.legalUnknown }] }],
              }
            : section,
        ),
      },
    }))
  }

  const outcomesOf = (merge: MergeState): OutcomeRow[] =>
    merge.ledger.rows.flatMap((row): OutcomeRow[] =>
      row.decision === null
        ? []
        : [
            {
              key: row.key,
              group: row.group,
              section: row.section,
              code: row.code,
              text: mainText(row.unit.clause),
              kind: row.decision.kind,
              reason: row.decision.reason,
              by: row.decision.by,
              at: row.decision.at,
              where: row.where.map(({ clause }) => clause),
            },
          ],
    )

  return {
    find,
    last,
    history: all,
    async renumber(version, number) {
      await models.versions.updateOne({ _id: version }, { $set: { number } })
    },
    head,
    async freeze(viewer, workshop, { title, legalUnknown }) {
      require(viewer, 'version.freeze', { workshop })
      if (viewer.person === null) throw new Problem(401, 'sign-in-needed')
      const by = viewer.person
      const before = await merging.state(workshop)
      const progress = progressOf(before.ledger)
      if (progress.total === 0) throw new Problem(409, 'no-submissions')
      if (progress.remaining > 0 || progress.troubled > 0) {
        throw new Problem(409, 'not-complete', { remaining: progress.remaining, troubled: progress.troubled })
      }
      const unknown = legalBasis(before.state.content).every(isEmpty)
      if (unknown && legalUnknown !== true) throw new Problem(422, 'legal-basis-needed')
      if (unknown) await sayUnknown(workshop, by)
      const merge = unknown ? await merging.state(workshop) : before
      const previous = await last(workshop)
      if (previous !== null && sameContent(previous, merge.state)) throw new Problem(409, 'nothing-new')
      const at = now()
      const current = new Set(merge.sources.map((group) => group.current.submission))
      const parents = merge.submissions.filter(({ id }) => current.has(id)).map(submissionHash)
      if (previous !== null) parents.push(previous.hash)
      const body: VersionBody = {
        format: VERSION_FORMAT,
        content: merge.state.content,
        parents: parents.sort(),
        title: title?.trim() || (await sources.title(workshop)),
        authors: await authorsOf(models.pseudonyms, workshop, merge, by),
        at: new Date(at).toISOString(),
      }
      const canonical = versionHashInput(body)
      const hash = sha256(canonical)
      const id = freshId<VersionId>((bytes) => randomBytes(bytes.length))
      const record: VersionRecord = {
        _id: id,
        v: 1,
        workshop,
        number: nextNumber(previous?.number ?? null),
        canonical,
        hash,
        signature: key.sign(hash),
        parents: body.parents,
        seq: merge.state.seq,
        by,
        at,
        outcomes: outcomesOf(merge),
      }
      try {
        await models.versions.create(record)
      } catch (error) {
        const first = await models.versions.findOne({ workshop, number: record.number }).lean<VersionRecord>()
        if (first === null) throw error
        throw new Problem(409, 'conflict')
      }
      announcer.announce({ kind: 'version-frozen', workshop, version: id })
      return head(restored(record))
    },
    async list(viewer, workshop) {
      require(viewer, 'version.read', { workshop })
      const [title, versions, merge] = await Promise.all([
        sources.title(workshop),
        all(workshop),
        merging.state(workshop),
      ])
      const numbers = new Map(merge.groups.map((group) => [group.id, group.number]))
      return {
        title,
        versions: await Promise.all(versions.map(head)),
        submissions: await Promise.all(
          merge.submissions.map(async (submission) => ({
            id: submission.id,
            group: numbers.get(submission.group) ?? 0,
            n: submission.n,
            at: submission.at,
            by: await sources.nameOf(submission.by),
            hash: submissionHash(submission),
          })),
        ),
        open: progressOf(merge.ledger).remaining,
      }
    },
    async compare(viewer, workshop, from, to) {
      require(viewer, 'version.read', { workshop })
      const [older, newer] = await Promise.all([find(from as VersionId), find(to as VersionId)])
      if (older?.workshop !== workshop || newer?.workshop !== workshop) throw new Problem(404, 'not-found')
      return { from: await head(older), to: await head(newer), ...comparison(older, newer) }
    },
    async read(viewer, version) {
      const found = await find(version)
      if (found === null) throw new Problem(404, 'not-found')
      require(viewer, 'version.read', { workshop: found.workshop })
      return { ...found, publicKey: key.publicKey }
    },
  }
}

/** Whether a version holds this very text. */
export function sameContent(version: FrozenVersion, state: ProposalState): boolean {
  return canonicalJson(version.content) === canonicalJson(state.content)
}
