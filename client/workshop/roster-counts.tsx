/** Read, kept aside, dropped (0 is worth saying). */
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'

export function RosterCounts({ read, aside }: { readonly read: number; readonly aside: number }) {
  const t = useTexts()
  return (
    <ul class="imp-n">
      <li class="n-ok">
        <b class="num">{read}</b>
        <span>
          <Icon name="circle-check" /> {t.workshop.readCount}
        </span>
      </li>
      <li class={aside > 0 ? 'n-warn' : undefined}>
        <b class="num">{aside}</b>
        <span>
          <Icon name="triangle-alert" /> {t.workshop.asideCount}
        </span>
      </li>
      <li>
        <b class="num">{0}</b>
        <span>
          <Icon name="trash-2" /> {t.workshop.droppedCount}
        </span>
      </li>
    </ul>
  )
}
