/** Who is in a roster: types of local government and the commonest positions as bars. */
import type { LgoType } from '../../shared/drafting/canonical.ts'
import { useTexts } from '../app/texts.tsx'

type Person = { readonly lgoType: LgoType | null; readonly position: string }
/** Positions shown before the rest are counted together. */
const POSITIONS = 4

function counted(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

export function WhoIn({ people }: { readonly people: readonly Person[] }) {
  const t = useTexts()
  const types = counted(
    people.map(({ lgoType }) => (lgoType === null ? t.workshop.unknownType : t.terms.lgoTypes[lgoType])),
  )
  const positions = counted(people.map(({ position }) => position))
  const shown = positions.filter(([position]) => position !== '').slice(0, POSITIONS)
  const rest = people.length - shown.reduce((sum, [, count]) => sum + count, 0)
  const rows: readonly [string, number][] = rest > 0 ? [...shown, [t.workshop.otherPositions, rest]] : shown
  return (
    <section class="who-in">
      <h2>{t.workshop.whoTitle(people.length)}</h2>
      <dl>
        {types.map(([name, count]) => (
          <Bar name={name} count={count} of={people.length} key={name} />
        ))}
        {rows.map(([name, count], index) => (
          <Bar name={name} count={count} of={people.length} gap={index === 0} key={name} />
        ))}
      </dl>
    </section>
  )
}

type BarProps = { readonly name: string; readonly count: number; readonly of: number; readonly gap?: boolean }

function Bar({ name, count, of, gap }: BarProps) {
  return (
    <div class={gap === true ? 'gap' : undefined}>
      <dt>{name}</dt>
      <dd>
        <svg viewBox={`0 0 ${of} 12`} preserveAspectRatio="none" aria-hidden="true">
          <rect class="b-bg" width={of} height="12" />
          <rect class="b-fg" width={count} height="12" />
        </svg>
      </dd>
      <dd class="num">{count}</dd>
    </div>
  )
}
