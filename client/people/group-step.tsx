/** The last screen of joining: a badge to hold up. It waits, and changes by itself, while there is no group yet. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { joined, myLink } from '../../shared/people/joining-contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Face } from '../ui/face.tsx'
import { Failure, useFailureText } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { Mark } from '../ui/mark.tsx'
import { JoinFrame } from './join-frame.tsx'
import { ShareLink } from './share-link.tsx'

type Mine = ReplyOf<typeof joined>
/** Faces drawn before "+n". */
const FACES = 5

/** Loads one's own place and shows it; news of the workshop brings a group that comes later. */
export function GroupStep({ workshop }: { readonly workshop?: string | undefined }) {
  const t = useTexts()
  const topics = workshop === undefined ? [] : [`workshop:${workshop}`]
  const { state, reload } = useRecord<typeof joined>('GET', '/api/join/mine', {}, topics)
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  return (
    <JoinFrame workshop={state.value.workshop} step={4} title="">
      <Badge mine={state.value} />
    </JoinFrame>
  )
}

function Badge({ mine }: { readonly mine: Mine }) {
  const t = useTexts()
  const { group, name, workshop } = mine
  const [link, setLink] = useState<string | null>(null)
  const action = useAction()
  const words = useFailureText()
  const ask = (fresh: boolean) =>
    void action.run(async () =>
      setLink((await call<typeof myLink>('POST', '/api/join/link', { body: { fresh } })).link),
    )
  return (
    <>
      <div class="yours">
        {group === null ? (
          <span class="yours-wait">
            <Icon name="users" />
          </span>
        ) : (
          <Mark group={group.number} size="xl" silent />
        )}
        <div role="status">
          <p class="join-kicker">{t.people.youAreIn(name.split(' ')[0] ?? name)}</p>
          <h1>{group === null ? t.people.waitingGroup : t.general.groupNumber(group.number)}</h1>
          <p class="muted">{group === null ? t.people.waitingGroupText : group.topic}</p>
        </div>
      </div>
      <ul class="facts facts-big">
        {group === null || group.table === '' ? null : (
          <li>
            <Icon name="map-pin" /> {group.table}
          </li>
        )}
        {group === null || group.facilitator === '' ? null : (
          <li>
            <Icon name="mic" /> {t.people.facilitatorIs(group.facilitator)}
          </li>
        )}
        <li>
          <Icon name="clock" /> {t.people.phaseIs(t.terms.phases[workshop.phase])}
        </li>
      </ul>
      {group === null ? null : (
        <div class="members">
          <div class="faces">
            {group.members.slice(0, FACES).map((member) => (
              <Face id={member.id} name={member.name} silent key={member.id} />
            ))}
            {group.members.length > FACES ? <span class="face face-more">+{group.members.length - FACES}</span> : null}
          </div>
          <span class="sm">{t.people.friends(group.members.length)}</span>
        </div>
      )}
      <div class="stack-s">
        {group === null || group.draft === null ? null : (
          <a class="btn btn-main btn-big btn-full" href={`/d/${group.draft}`}>
            {t.people.openDraft}
            <Icon name="arrow-right" />
          </a>
        )}
        <Button icon="key-round" full busy={action.busy} onClick={() => ask(false)}>
          {t.people.keepLink}
        </Button>
      </div>
      <p class="hint">{action.error === null ? t.people.keepLinkWhy : words(action.error)}</p>
      <Dialog
        title={t.people.yourLink}
        open={link !== null}
        onClose={() => setLink(null)}
        actions={
          <>
            <Button kind="quiet" busy={action.busy} onClick={() => ask(true)}>
              {t.people.freshLink}
            </Button>
            <Button kind="main" onClick={() => setLink(null)}>
              {t.general.close}
            </Button>
          </>
        }
      >
        <p>{t.people.yourLinkText}</p>
        <ShareLink link={link ?? ''} />
      </Dialog>
    </>
  )
}
