/** Two texts compared: counts by kind, then each change as a redline; unchanged runs fold into one line. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { ComparedText } from '../../shared/merging/shapes.ts'
import { useTexts } from '../app/texts.tsx'
import { Choice } from '../ui/choice.tsx'
import { Icon } from '../ui/icon.tsx'
import { Redline, type Run } from './redline.tsx'
import { GroupMarks, useIdWords } from './words-of.tsx'

type Change = ComparedText['changes'][number]
type Kind = 'added' | 'changed' | 'removed'
/** What the changes are called: where one text is to take the other's place, others than where one follows the other. */
export type ChangeWords = {
  readonly changes: Readonly<Record<Kind | 'moved', string>>
  readonly changeTitles: Readonly<Record<Kind | 'unchanged', string>>
  readonly sameText: string
}
const ICONS = { added: 'plus', changed: 'pencil-line', removed: 'minus', unchanged: 'check' } as const
/** Parts whose text is the clause itself need no name before them. */
const PLAIN: ReadonlySet<string> = new Set(['text', 'measure'])
/** Parts that hold ids, and the kind whose words they are. */
const IDS: Readonly<Record<string, string>> = {
  levelOf: 'level',
  instrument: 'instrument',
  priority: 'priority',
  lgoTypes: 'lgo-types',
}

function ChangeOf({ change, titles }: { readonly change: Change; readonly titles: ChangeWords['changeTitles'] }) {
  const t = useTexts()
  const m = t.merging
  const words = useIdWords()
  const named = (part: string, runs: readonly Run[]): readonly Run[] => {
    const kind = IDS[part]
    if (kind === undefined) return runs
    return runs.map((run) => ({ ...run, text: run.text.replace(/[a-z-]+/g, (id) => words(kind, id)) }))
  }
  const names = t.terms.fields as Readonly<Record<string, string>>
  const onlyMoved = change.kind === 'unchanged' && change.moved
  const body =
    change.kind === 'unchanged'
      ? [{ name: 'text', runs: [{ kind: 'same' as const, text: change.text }] }]
      : change.parts
  return (
    <section class="chg">
      <h2>
        <span class="no">{change.code}</span>
        <span class="chg-t">
          <Icon name={onlyMoved ? 'arrow-down-up' : ICONS[change.kind]} />
          {onlyMoved ? m.movedFrom(change.fromCode) : titles[change.kind]}
          {change.moved && !onlyMoved ? ` · ${m.movedFrom(change.fromCode)}` : ''}
        </span>
      </h2>
      {body.map((part) => (
        <p key={part.name}>
          {PLAIN.has(part.name) ? null : <span class="muted xs">{names[part.name] ?? part.name}: </span>}
          <Redline runs={named(part.name, part.runs)} />
        </p>
      ))}
      {change.groups.length === 0 ? null : (
        <p class="chg-by">
          {m.cameFrom} <GroupMarks groups={change.groups} />
        </p>
      )}
    </section>
  )
}

/** Changes with the unchanged clauses between them folded. */
function folded(
  changes: readonly Change[],
  whole: boolean,
): (Change | { readonly first: string; readonly last: string })[] {
  const out: (Change | { first: string; last: string })[] = []
  for (const change of changes) {
    if (whole || change.kind !== 'unchanged' || change.moved) {
      out.push(change)
      continue
    }
    const last = out.at(-1)
    if (last !== undefined && 'first' in last) last.last = change.code
    else out.push({ first: change.code, last: change.code })
  }
  return out
}

export type ComparisonProps = {
  readonly compared: ComparedText
  readonly title: ComponentChildren
  readonly words?: ChangeWords
  /** The text itself, as a third way to look, and what that is called. */
  readonly text?: { readonly label: string; readonly page: ComponentChildren }
}

export function Comparison({ compared, title, words, text }: ComparisonProps) {
  const m = useTexts().merging
  const w: ChangeWords = words ?? m
  const [view, setView] = useState<'changes' | 'whole' | 'text'>('changes')
  const { counts, changes } = compared
  // A clause that was reworded and moved is one.
  const changed = changes.filter(({ kind, moved }) => kind !== 'unchanged' || moved).length
  const sums = [
    ['plus', w.changes.added, counts.added],
    ['pencil-line', w.changes.changed, counts.changed],
    ['minus', w.changes.removed, counts.removed],
    ['arrow-down-up', w.changes.moved, counts.moved],
  ] as const
  return (
    <>
      <header class="cmp-h">
        <h1>
          {title} <span class="muted">{m.changedOf(changed, changes.length)}</span>
        </h1>
        <Choice
          legend={m.view}
          quietLegend
          joined
          options={[
            ...(['changes', 'whole'] as const).map((value) => ({ value, label: m.views[value] })),
            ...(text === undefined ? [] : [{ value: 'text' as const, label: text.label }]),
          ]}
          value={view}
          onChoose={setView}
        />
      </header>
      <ul class="cmp-sum" aria-label={m.summary}>
        {sums.map(([icon, name, count]) => (
          <li key={icon}>
            <Icon name={icon} /> {name} <b>{count}</b>
          </li>
        ))}
      </ul>
      {view === 'text' ? text?.page : null}
      <article class="page cmp-page" hidden={view === 'text'}>
        {changed === 0 ? <p class="muted">{w.sameText}</p> : null}
        {folded(changes, view === 'whole').map((item, index) =>
          'first' in item ? (
            <p class="same" key={index}>
              {m.unchangedRun(item.first, item.last)}
            </p>
          ) : (
            <ChangeOf change={item} titles={w.changeTitles} key={index} />
          ),
        )}
      </article>
    </>
  )
}
