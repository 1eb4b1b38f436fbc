/** Documents of a version on demand: DOCX, PDF and the bundle for checking; who may have them is decided here. */
import type { VersionId, WorkshopId } from '../../shared/ids.ts'
import { DECISION_KINDS } from '../../shared/merging/decisions.ts'
import { shortHash } from '../../shared/merging/version.ts'
import type { Approval } from '../../shared/review/contract.ts'
import type { ReviewState } from '../../shared/review/steps.ts'
import { documents as d } from '../../shared/texts/documents.ts'
import { review as thai } from '../../shared/texts/th/review.ts'
import type { FrozenVersion } from '../merging/frozen-version.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { lawName } from '../../shared/thai/laws.ts'
import { Problem } from '../problem.ts'
import type { OfficeExports } from '../workers/office-exports.ts'
import { packageOf } from './package.ts'
import type { LedgerRow, PackageInput } from './package-input.ts'

export type DocumentsDeps = {
  readonly versions: { find(version: VersionId): Promise<FrozenVersion | null> }
  readonly reviews: {
    stateOf(
      version: VersionId,
    ): Promise<{ state: ReviewState | null; approvals: Approval[]; publishedAt: number | null }>
    statements(version: VersionId): Promise<{ statement: string; signature: string }[]>
  }
  readonly exports: OfficeExports
  readonly publicKey: string
  /** What documents say of a workshop: its days as YYYY-MM-DD, the department, how many took part, its groups. */
  readonly workshopOf: (
    workshop: WorkshopId,
  ) => Promise<PackageInput['workshop'] & { readonly groups: PackageInput['groups'] }>
  /** What a workshop's memo says at its head and foot. */
  readonly memoOf: (workshop: WorkshopId) => Promise<PackageInput['memo']>
  readonly lawName?: (id: string) => string
  /** A failed export, for the log. */
  readonly failed: (error: unknown) => void
}

export type FileOf = { readonly bytes: Uint8Array; readonly name: string }

export type Documents = {
  /** Throws Problem 404; 401 or 403 for who may not; 500 export-failed. `origin` is the address people see, for the QR code. */
  file(viewer: Viewer, version: VersionId, format: 'docx' | 'pdf', origin: string): Promise<FileOf>
  bundle(viewer: Viewer, version: VersionId): Promise<FileOf>
  /** The version, when this viewer may read it as a published page or as staff. */
  readable(viewer: Viewer, version: VersionId): Promise<FrozenVersion>
}

const ledgerOf = (version: FrozenVersion): LedgerRow[] =>
  version.outcomes.flatMap(({ group, code, text, reason, where, kind }) => {
    const known = DECISION_KINDS.find((one) => one === kind)
    return known === undefined ? [] : [{ group, code, text, reason, where, kind: known }]
  })

export function createDocuments(deps: DocumentsDeps): Documents {
  const { versions, reviews, exports } = deps

  const readable = async (viewer: Viewer, id: VersionId): Promise<FrozenVersion> => {
    const version = await versions.find(id)
    if (version === null) throw new Problem(404, 'not-found')
    const { state } = await reviews.stateOf(id)
    if (state !== 'published') require(viewer, 'document.download', { workshop: version.workshop })
    return version
  }
  const nameOf = (version: FrozenVersion, ending: string): string =>
    `${d.fileName(version.number, shortHash(version.hash).replace(' ', ''))}.${ending}`

  return {
    readable,
    async file(viewer, id, format, origin) {
      const version = await readable(viewer, id)
      const [workshop, memo, { approvals }] = await Promise.all([
        deps.workshopOf(version.workshop),
        deps.memoOf(version.workshop),
        reviews.stateOf(id),
      ])
      const last = approvals.at(-1)
      const model = packageOf({
        version,
        approval: last === undefined ? null : { verb: thai.verbs[last.verb], by: last.by, at: last.at },
        workshop,
        groups: workshop.groups,
        ledger: ledgerOf(version),
        memo,
        url: `${origin}/p/${version.id}`,
        lawName: deps.lawName ?? lawName,
      })
      try {
        const { bytes } = await exports.make({ format, model })
        return { bytes, name: nameOf(version, format) }
      } catch (error) {
        deps.failed(error)
        throw new Problem(500, 'export-failed')
      }
    },
    async bundle(viewer, id) {
      const version = await readable(viewer, id)
      const bundle = {
        format: 'rangruam-bundle/1',
        number: version.number,
        canonical: version.canonical,
        hash: version.hash,
        signature: version.signature,
        publicKey: deps.publicKey,
        approvals: await reviews.statements(id),
      }
      return { bytes: new TextEncoder().encode(JSON.stringify(bundle, null, 1)), name: nameOf(version, 'json') }
    },
  }
}
