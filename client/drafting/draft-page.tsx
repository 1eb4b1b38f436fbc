/** The draft's page: finds out what this draft is and what one may do, then shows it. */
import { useRef } from 'preact/hooks'
import type { readDraftInfo } from '../../shared/drafting/contract.ts'
import { DRAFT_SCHEMA } from '../../shared/drafting/schema-version.ts'
import { templateOf } from '../../shared/drafting/template.ts'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { me } from '../../shared/people/contract.ts'
import { useRecord, type RecordState } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Failure } from '../ui/failure.tsx'
import { Loading } from '../ui/loading.tsx'
import { DraftScreen, type DraftScreenProps } from './draft-screen.tsx'
import { OtherSchema } from './other-schema.tsx'

export function Page({ params }: PageProps) {
  const t = useTexts()
  const draft = params['draft'] ?? ''
  const who = useRecord<typeof me>('GET', '/api/me', {})
  const info = useRecord<typeof readDraftInfo>('GET', '/api/drafts/:draft', { params: { draft } }, [`draft:${draft}`])
  const opened = openedBy(info.state, who.state)
  const last = useRef<{ readonly draft: string; readonly opened: Opened } | null>(null)
  if (opened !== null) last.current = { draft, opened }
  // A draft that is open stays on the screen when the server no longer answers for it (revoked, moved, its store away): words that
  // were not sent are in it, and its own connection says why.
  const shown = opened ?? (last.current?.draft === draft ? last.current.opened : null)
  if (info.state.kind === 'ready' && info.state.value.schema !== DRAFT_SCHEMA)
    return <OtherSchema wanted={info.state.value.schema} />
  if (shown !== null) return <DraftScreen {...shown} onChanged={info.reload} />
  if (info.state.kind === 'failed') return <Failure error={info.state.error} onRetry={info.reload} />
  if (who.state.kind === 'failed') return <Failure error={who.state.error} onRetry={who.reload} />
  return <Loading label={t.drafting.connecting} />
}

type Opened = Omit<DraftScreenProps, 'onChanged'>

/** What the screen needs, when the server has said all of it. */
function openedBy(
  info: RecordState<ReplyOf<typeof readDraftInfo>>,
  who: RecordState<ReplyOf<typeof me>>,
): Opened | null {
  if (info.kind !== 'ready' || who.kind !== 'ready') return null
  const template = templateOf(info.value.template)
  const { person } = who.value
  return template === undefined || person === null ? null : { info: info.value, template, person }
}
