/** The person that was found: name and group, nothing else of the roster. */
import { useTexts } from '../app/texts.tsx'
import { Mark } from '../ui/mark.tsx'

export type Glimpse = { readonly number: number; readonly topic: string } | null

export function IsItYou({ name, group }: { readonly name: string; readonly group: Glimpse }) {
  const t = useTexts()
  return (
    <div class="you-card">
      {group === null ? null : <Mark group={group.number} size="l" silent />}
      <span class="grow">
        <b>{name}</b>
        <span>
          {group === null ? t.people.noGroupYet : `${t.general.groupNumber(group.number)} ${group.topic}`.trim()}
        </span>
      </span>
    </div>
  )
}
