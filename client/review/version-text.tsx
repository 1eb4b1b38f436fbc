/** The text of a version as it is read: title, sections, clauses with their codes and the groups they came from. */
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { readPublished } from '../../shared/review/contract.ts'
import { GroupMarks } from '../merging/words-of.tsx'
import { CodedClause } from './clause-text.tsx'
import { ProposalSections } from './proposal-sections.tsx'

export function VersionText({ version }: { readonly version: ReplyOf<typeof readPublished> }) {
  return (
    <article class="page version-page">
      <p class="muted">{version.workshopTitle}</p>
      <h1 class="doc-title" lang="th">
        {version.title}
      </h1>
      <ProposalSections clauses={version.clauses} choices={version.choices}>
        {(clause) => (
          <div class="item" key={clause.id}>
            <CodedClause clause={clause} redline={false} />
            <span class="item-f">
              <GroupMarks groups={clause.groups} />
            </span>
          </div>
        )}
      </ProposalSections>
    </article>
  )
}
