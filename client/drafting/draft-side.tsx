/** Beside the page: people of the group and who is here, words that wait, the call for help. */
import type { ComponentChildren } from 'preact'
import { useTexts } from '../app/texts.tsx'
import type { SetAside } from '../sync/device-store.ts'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import { SheetClose } from '../ui/sheet-close.tsx'
import { OfferedList } from './offered-list.tsx'
import type { Visitor } from './outline.tsx'

export type DraftSideProps = {
  readonly open: boolean
  /** On a phone it lies over the dock and is closed by its own arrow. */
  readonly onClose: () => void
  readonly visitors: readonly Visitor[]
  readonly members: readonly {
    readonly id: string
    readonly name: string
    readonly role: keyof ReturnType<typeof useTexts>['terms']['roles']
  }[]
  readonly self: string
  readonly aside: readonly SetAside[]
  readonly onPutBack: ((item: SetAside) => void) | null
  readonly onDrop: (item: SetAside) => void
  readonly children: ComponentChildren
  /** What is set once and seldom looked at. */
  readonly below: ComponentChildren
}

export function DraftSide({
  open,
  onClose,
  visitors,
  members,
  self,
  aside,
  onPutBack,
  onDrop,
  children,
  below,
}: DraftSideProps) {
  const t = useTexts()
  const d = t.drafting
  const here = new Set([self, ...visitors.map((visitor) => visitor.id)])
  const guests = visitors.filter((visitor) => !members.some((member) => member.id === visitor.id))
  return (
    <aside class="side sheet" id="side" aria-label={d.sideTitle} data-open={open} tabIndex={-1}>
      <SheetClose onClose={onClose} />
      <div class="side-list">
        {children}
        <OfferedList offered={aside} onPutBack={onPutBack} onDrop={onDrop} />
        <section class="stack-s" aria-label={d.peopleTitle}>
          <h2>{d.peopleTitle}</h2>
          {visitors.length === 0 ? <p class="hint">{d.onlyYou}</p> : null}
          <ul class="people-here">
            {members.map((member) => (
              <li class={here.has(member.id) ? 'row' : 'row muted'} key={member.id}>
                <Face id={member.id} name={member.name} silent />
                <span>
                  {member.name}
                  {member.id === self ? ` (${d.you})` : ''}
                  {member.role === 'participant' ? '' : ` · ${t.terms.roles[member.role]}`}
                </span>
                {here.has(member.id) ? <span class="chip chip-ok">{d.online}</span> : null}
              </li>
            ))}
            {guests.map((guest) => (
              <li class="row" key={guest.id}>
                <Face id={guest.id} name={guest.name} silent />
                <span>{guest.name}</span>
                <span class="chip chip-ok">{d.online}</span>
              </li>
            ))}
          </ul>
        </section>
        {below}
        <a class="btn btn-quiet" href="/account">
          <Icon name="log-out" />
          {d.sharedDevice}
        </a>
      </div>
    </aside>
  )
}
