/** Joining by code: code, name, notice, group; one question a screen, no account. */
import { useState } from 'preact/hooks'
import type { me } from '../../shared/people/contract.ts'
import type { join } from '../../shared/people/joining-contract.ts'
import { call } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Loading } from '../ui/loading.tsx'
import { CodeForm } from './code-form.tsx'
import { GroupStep } from './group-step.tsx'
import { JoinFrame } from './join-frame.tsx'
import { takeOver, type Found } from './join-state.ts'
import { NameStep, type Who } from './name-step.tsx'
import { NoticeStep } from './notice-step.tsx'

type Stage =
  | { readonly at: 'code' }
  | { readonly at: 'name'; readonly found: Found }
  | { readonly at: 'notice'; readonly found: Found; readonly who: Who }
  | { readonly at: 'group'; readonly workshop: string }

export function Page() {
  const t = useTexts()
  const [stage, setStage] = useState<Stage>(() => {
    const found = takeOver()
    return found === null ? { at: 'code' } : { at: 'name', found }
  })
  const { state: mine } = useRecord<typeof me>('GET', '/api/me', stage.at === 'code' ? {} : null)
  if (stage.at === 'code') {
    if (mine.kind === 'loading') return <Loading label={t.general.loading} />
    // Somebody who has joined and comes back sees the badge again, not the first question.
    const place =
      mine.kind === 'ready'
        ? mine.value.standings.find(({ role, workshop }) => role === 'participant' && workshop !== undefined)
        : undefined
    if (place?.workshop !== undefined) return <GroupStep workshop={place.workshop} />
    return (
      <JoinFrame workshop={null} step={1} title={t.people.enterCode}>
        <CodeForm
          label={t.people.nineDigits}
          hint={t.people.nineDigitsHint}
          button={t.people.next}
          onFound={(found) => setStage({ at: 'name', found })}
        />
      </JoinFrame>
    )
  }
  if (stage.at === 'name') {
    const { found } = stage
    return (
      <JoinFrame workshop={found.workshop} step={2} title={t.people.whoAreYou}>
        <NameStep code={found.code} onWho={(who) => setStage({ at: 'notice', found, who })} />
      </JoinFrame>
    )
  }
  if (stage.at === 'notice') {
    const { found, who } = stage
    const accept = async (notice: number) => {
      const { name, organisation } = who
      const given = organisation === undefined ? { name } : { name, organisation }
      await call<typeof join>('POST', '/api/join', { body: { code: found.code, ...given, notice } })
      reconnectNews()
      setStage({ at: 'group', workshop: found.workshop.id })
    }
    return (
      <JoinFrame workshop={found.workshop} step={3} title={t.people.yourData}>
        <NoticeStep onAccept={accept} />
      </JoinFrame>
    )
  }
  return <GroupStep workshop={stage.workshop} />
}
