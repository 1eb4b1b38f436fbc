/** The groups in the set-up: made balanced with the reason above, each row opening its people for moving. */
import { useState } from 'preact/hooks'
import type { LgoType } from '../../shared/drafting/canonical.ts'
import type { listGroups, makeGroups, movePerson } from '../../shared/workshop/conduct-contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { Failure } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { balanceWords, isEven } from './balance-words.ts'
import { GroupDialog, type Grouping, type GroupRow } from './group-dialog.tsx'

export function GroupsPanel({ workshop }: { readonly workshop: string }) {
  const t = useTexts()
  const params = { workshop }
  const path = '/api/workshops/:workshop/groups'
  const { state, reload } = useRecord<typeof listGroups>('GET', path, { params }, [`workshop:${workshop}`])
  const { busy, error, run } = useAction()
  const [wanted, setWanted] = useState<string | null>(null)
  const [open, setOpen] = useState<string | null>(null)
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  if (state.kind === 'loading') return <section class="grp" aria-busy="true" />
  const { groups, waiting, reason, suggested } = state.value
  const total = waiting.length + groups.reduce((sum, { people }) => sum + people.length, 0)
  const count = Math.max(1, Math.min(200, Number(wanted ?? (groups.length === 0 ? suggested : groups.length)) || 1))
  const make = (seed: number) =>
    run(async () => {
      await call<typeof makeGroups>('POST', path, { params, body: { count, seed } })
      reload()
    })
  const shown = groups.find(({ id }) => id === open)
  return (
    <section class="grp" aria-labelledby="grp-h" aria-busy={busy}>
      <header class="row between">
        <h2 class="h1" id="grp-h">
          {groups.length === 0
            ? t.workshop.groupsNone
            : t.workshop.groupsTitle(groups.length, reason !== null && isEven(reason))}
        </h2>
        {groups.length === 0 ? null : (
          <Button
            kind="quiet"
            icon="rotate-ccw"
            busy={busy}
            onClick={() => void make(1 + Math.floor(Math.random() * 99_999))}
          >
            {t.workshop.again}
          </Button>
        )}
      </header>
      <FailureBanner error={error} />
      {total === 0 ? <p class="card pad">{t.workshop.groupsNoneText}</p> : null}
      {groups.length === 0 && total > 0 ? (
        <div class="card pad grp-make">
          <p>{t.workshop.groupsNoneText}</p>
          <Field
            label={t.workshop.groupCount}
            value={wanted ?? String(suggested)}
            onInput={setWanted}
            extra={{ type: 'number', min: 1, max: 200, inputMode: 'numeric' }}
          />
          <Button kind="main" big busy={busy} icon="users" onClick={() => void make(1)}>
            {t.workshop.makeGroups(count)}
          </Button>
        </div>
      ) : null}
      {groups.length > 0 && reason !== null ? (
        <Banner tone={isEven(reason) ? 'ok' : 'warn'} icon={isEven(reason) ? 'circle-check' : 'triangle-alert'}>
          {balanceWords(reason, t)}
        </Banner>
      ) : null}
      {groups.length === 0 ? null : <GroupTable groups={groups} onOpen={setOpen} />}
      {waiting.length > 0 && groups.length > 0 ? (
        <WaitingPeople workshop={workshop} grouping={state.value} onDone={reload} />
      ) : null}
      {groups.length === 0 ? null : (
        <div class="grp-foot">
          <p class="hint">{t.workshop.groupsFoot}</p>
          <a class="btn btn-main btn-big" href={`/w/${workshop}/cards`}>
            {t.workshop.toCards} <Icon name="arrow-right" />
          </a>
        </div>
      )}
      {shown === undefined ? null : (
        <GroupDialog
          workshop={workshop}
          group={shown}
          groups={groups}
          onClose={() => setOpen(null)}
          onChanged={reload}
          key={shown.id}
        />
      )}
    </section>
  )
}

/** Type by type: filled dots for the commonest, hollow squares for the next, dashes for the rest. */
function typesOf(groups: readonly GroupRow[]): (LgoType | null)[] {
  const counts = new Map<LgoType | null, number>()
  for (const { people } of groups) for (const { lgoType } of people) counts.set(lgoType, (counts.get(lgoType) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([type]) => type)
}
const SHAPES = ['o', 't', 'd'] as const

function GroupTable({
  groups,
  onOpen,
}: {
  readonly groups: readonly GroupRow[]
  readonly onOpen: (id: string) => void
}) {
  const t = useTexts()
  const types = typesOf(groups)
  const nameOf = (type: LgoType | null) => (type === null ? t.workshop.unknownType : t.terms.lgoTypes[type])
  const shapeOf = (type: LgoType | null) => SHAPES[Math.min(types.indexOf(type), SHAPES.length - 1)]
  const key = types.length > 2 ? [...types.slice(0, 2).map(nameOf), t.workshop.otherType] : types.map(nameOf)
  return (
    <table class="grp-t">
      <caption class="sr">{t.workshop.groupsCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.workshop.columnGroup}</th>
          <th scope="col">{t.workshop.columnPeople}</th>
          <th scope="col">
            <span class="ppl-key">
              {key.map((name, index) => (
                <span class="row" key={name}>
                  <i class={SHAPES[index]} /> {name}
                </span>
              ))}
            </span>
          </th>
          <th scope="col">{t.workshop.columnProvinces}</th>
          <th scope="col">
            <span class="sr">{t.workshop.columnOpen}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const said = types
            .map((type) => [nameOf(type), group.people.filter((person) => person.lgoType === type).length] as const)
            .map(([name, count]) => t.workshop.reasonType(name, count, count))
            .join(', ')
          const people = [...group.people].sort((a, b) => types.indexOf(a.lgoType) - types.indexOf(b.lgoType))
          return (
            <tr key={group.id}>
              <th scope="row">
                <span class="row">
                  <Mark group={group.number} />
                  <span>{group.topic === '' ? t.workshop.groupTitle(group.number) : group.topic}</span>
                </span>
              </th>
              <td class="num">{group.people.length}</td>
              <td>
                <span class="ppl" role="img" aria-label={said}>
                  {people.map((person) => (
                    <i class={shapeOf(person.lgoType)} key={person.id} />
                  ))}
                </span>
              </td>
              <td class="num">{new Set(group.people.map(({ province }) => province)).size}</td>
              <td>
                <IconButton
                  icon="chevron-right"
                  label={t.workshop.openGroup(group.number)}
                  onClick={() => onOpen(group.id)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type WaitingProps = { readonly workshop: string; readonly grouping: Grouping; readonly onDone: () => void }

/** People without a group, each seated in the smallest by one press. */
function WaitingPeople({ workshop, grouping, onDone }: WaitingProps) {
  const t = useTexts()
  const { busy, run } = useAction()
  const smallest = [...grouping.groups].sort((a, b) => a.people.length - b.people.length)[0]
  if (smallest === undefined) return null
  return (
    <div class="bad-rows">
      <h3>{t.workshop.waitingPeople(grouping.waiting.length)}</h3>
      <ol>
        {grouping.waiting.map((person) => (
          <li key={person.id}>
            <span class="grow">
              {person.name} · {person.organisation}
            </span>
            <Button
              busy={busy}
              onClick={() =>
                void run(async () => {
                  const body = { person: person.id, group: smallest.id }
                  const path = '/api/workshops/:workshop/groups/moves'
                  await call<typeof movePerson>('POST', path, { params: { workshop }, body })
                  onDone()
                })
              }
            >
              {t.workshop.seatThem}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  )
}
