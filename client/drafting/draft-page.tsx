/** The draft's page: finds out what this draft is and what one may do, then shows it. */
import type { readDraftInfo } from '../../shared/drafting/contract.ts'
import { DRAFT_SCHEMA } from '../../shared/drafting/schema-version.ts'
import { templateOf } from '../../shared/drafting/template.ts'
import type { me } from '../../shared/people/contract.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Failure } from '../ui/failure.tsx'
import { Loading } from '../ui/loading.tsx'
import { DraftScreen } from './draft-screen.tsx'
import { OtherSchema } from './other-schema.tsx'

export function Page({ params }: PageProps) {
  const t = useTexts()
  const draft = params['draft'] ?? ''
  const who = useRecord<typeof me>('GET', '/api/me', {})
  const info = useRecord<typeof readDraftInfo>('GET', '/api/drafts/:draft', { params: { draft } }, [`draft:${draft}`])
  if (info.state.kind === 'failed') return <Failure error={info.state.error} onRetry={info.reload} />
  if (who.state.kind === 'failed') return <Failure error={who.state.error} onRetry={who.reload} />
  if (info.state.kind === 'loading' || who.state.kind === 'loading') return <Loading label={t.drafting.connecting} />
  if (info.state.value.schema !== DRAFT_SCHEMA) return <OtherSchema wanted={info.state.value.schema} />
  const template = templateOf(info.state.value.template)
  const { person } = who.state.value
  if (template === undefined || person === null) return <Loading label={t.drafting.connecting} />
  return <DraftScreen info={info.state.value} template={template} person={person} onChanged={info.reload} />
}
