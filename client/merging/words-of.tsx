/** Words of merging for the screen: names of what conflicts, what was said, rows of marks. */
import { useLanguage } from '../app/texts.tsx'
import { Mark } from '../ui/mark.tsx'

type Named = Readonly<Record<string, string>>

/** The words of an id that a clause names (level, instrument, type, priority, scope, stance), by the catalogue. */
export function useIdWords(): (kind: string, id: string) => string {
  const { texts: t } = useLanguage()
  const lists: Readonly<Record<string, readonly Named[]>> = {
    level: [t.terms.levels],
    instrument: [t.terms.instruments, t.terms.levels],
    'lgo-types': [t.terms.lgoTypes],
    priority: [t.terms.priorities],
    scope: [t.merging.saidIds],
    stance: [t.merging.saidIds],
  }
  return (kind, id) => lists[kind]?.map((list) => list[id]).find((words) => words !== undefined) ?? id
}

/** Marks of groups in one line. */
export function GroupMarks({ groups }: { readonly groups: readonly number[] }) {
  return (
    <span class="marks">
      {groups.map((group) => (
        <Mark group={group} size="s" key={group} />
      ))}
    </span>
  )
}
