/** The roster that is in: counts, questions still open, rows kept aside, names that were typed and not found, who is in it. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { answerRosterAsk, lastRosterImport, listParticipants } from '../../shared/workshop/contract.ts'
import { addressOf, call } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { AddPersonDialog } from './add-person-dialog.tsx'
import { AsideList, isMendable, type AsideRow } from './aside-list.tsx'
import { DoorList } from './door-list.tsx'
import { RosterCounts } from './roster-counts.tsx'
import { WhoIn } from './who-in.tsx'

type People = ReplyOf<typeof listParticipants>
type Last = ReplyOf<typeof lastRosterImport>

export type KeptRosterProps = { readonly workshop: string; readonly people: People; readonly last: Last }

export function KeptRoster({ workshop, people, last }: KeptRosterProps) {
  const t = useTexts()
  const [adding, setAdding] = useState<AsideRow | null>(null)
  const aside = (last?.aside ?? []).filter(({ added }) => !added)
  return (
    <>
      <RosterCounts read={people.length} aside={aside.length} />
      <OpenAsks workshop={workshop} people={people} last={last} />
      <DoorList workshop={workshop} />
      {aside.length === 0 ? null : (
        <div class="bad-rows">
          <h2>{t.workshop.asideTitle}</h2>
          <AsideList
            rows={aside}
            actions={(row) =>
              isMendable(row.reason) ? (
                <Button icon="pencil-line" onClick={() => setAdding(row)}>
                  {row.reason === 'duplicate' ? t.workshop.keepAnyway : t.workshop.mend}
                </Button>
              ) : null
            }
          />
          <p class="hint">{t.workshop.asideHint}</p>
          <a
            class="btn btn-quiet"
            href={addressOf('/api/workshops/:workshop/roster/aside.csv', { params: { workshop } })}
            download
          >
            <Icon name="download" />
            {t.workshop.asideDownload}
          </a>
        </div>
      )}
      <WhoIn people={people} />
      {adding === null ? null : (
        <AddPersonDialog workshop={workshop} given={adding} open onClose={() => setAdding(null)} key={adding.row} />
      )}
    </>
  )
}

function OpenAsks({ workshop, people, last }: KeptRosterProps) {
  const t = useTexts()
  const { busy, run } = useAction()
  const byId = new Map(people.map((person) => [person.id, person]))
  const open = (last?.asks ?? []).filter(({ answer, a, b }) => answer === null && byId.has(a) && byId.has(b))
  if (open.length === 0) return null
  const answer = (a: string, b: string, said: 'same' | 'different') =>
    run(async () => {
      const path = '/api/workshops/:workshop/roster/asks'
      await call<typeof answerRosterAsk>('POST', path, { params: { workshop }, body: { a, b, answer: said } })
    })
  return (
    <div class="bad-rows">
      <h2>{t.workshop.asksTitle}</h2>
      <ol>
        {open.map(({ a, b, rowA, rowB, likely }) => {
          const organisations = likely === 'same' ? t.workshop.askSameOrganisation : t.workshop.askOtherOrganisation
          return (
            <li key={`${a} ${b}`}>
              <span class="rown">{t.workshop.rowNumber(rowB)}</span>
              <div class="grow">
                <b>
                  {byId.get(b)?.name} · {byId.get(b)?.organisation}
                </b>
                <p>
                  <Icon name="users" />
                  {t.workshop.askLike(rowA, byId.get(a)?.name ?? '')} {organisations}
                </p>
              </div>
              <div class="actions">
                <Button busy={busy} onClick={() => void answer(a, b, 'same')}>
                  {t.workshop.samePerson}
                </Button>
                <Button busy={busy} onClick={() => void answer(a, b, 'different')}>
                  {t.workshop.otherPerson}
                </Button>
              </div>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
