/** The personal link on a badge: "are you …?", the notice, the group. Also the way back on another device. */
import { useState } from 'preact/hooks'
import type { joinByCard, lookAtCard } from '../../shared/people/joining-contract.ts'
import { call } from '../app/api.ts'
import { reconnectNews } from '../app/news.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useSecretOnce } from './fragment.ts'
import { GroupStep } from './group-step.tsx'
import { IsItYou } from './is-it-you.tsx'
import { JoinFrame } from './join-frame.tsx'
import { NoticeStep } from './notice-step.tsx'
import { UnopenedLink } from './unopened-link.tsx'

export function Page() {
  const t = useTexts()
  const secret = useSecretOnce()
  const [stage, setStage] = useState<'who' | 'notice' | 'group'>('who')
  const { state } = useRecord<typeof lookAtCard>(
    'POST',
    '/api/join/card/look',
    secret === null ? null : { body: { secret } },
  )
  if (secret === null || state.kind !== 'ready') {
    return (
      <UnopenedLink
        secret={secret}
        state={state}
        missing={t.people.cardIncompleteText}
        action={{ label: t.people.enterByCode, href: '/join' }}
      />
    )
  }
  const { name, workshop, group } = state.value
  if (stage === 'group') return <GroupStep workshop={workshop.id} />
  if (stage === 'notice') {
    const accept = async (notice: number) => {
      await call<typeof joinByCard>('POST', '/api/join/card', { body: { secret, notice } })
      reconnectNews()
      setStage('group')
    }
    return (
      <JoinFrame workshop={workshop} step={3} title={t.people.yourData}>
        <NoticeStep onAccept={accept} />
      </JoinFrame>
    )
  }
  return (
    <JoinFrame workshop={workshop} step={2} title={t.people.areYou}>
      <IsItYou name={name} group={group} />
      <div class="stack-s">
        <Button kind="main" big full iconAfter="arrow-right" onClick={() => setStage('notice')}>
          {t.people.yesMe}
        </Button>
        <a class="btn btn-quiet btn-full" href="/join">
          <Icon name="x" />
          {t.people.notMyCard}
        </a>
      </div>
    </JoinFrame>
  )
}
