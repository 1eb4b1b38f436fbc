/** Words of merging for the screen: names of what conflicts, what was said, dates, rows of marks. */
import { buddhistDate } from '../../shared/thai/dates.ts'
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

/** A moment as people here read it, with or without the hour. */
export function useDate(): (at: number, time?: boolean) => string {
  const { language } = useLanguage()
  return (at, time = false) => buddhistDate(at, { language, time, style: 'medium' })
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
