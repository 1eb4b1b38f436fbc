/** Join cards to print on A4, eight to a page, and the workshop's code for those who have none. */
import { useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { joinCards } from '../../shared/workshop/conduct-contract.ts'
import { useRecord } from '../app/record.ts'
import { navigate, type PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Loading } from '../ui/loading.tsx'
import { Mark } from '../ui/mark.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { PhoneSettings } from '../ui/top-bar.tsx'
import { CodePanel } from './code-panel.tsx'
import { SetupBar } from './setup-bar.tsx'
import { useDensity } from './use-density.ts'

type Card = ReplyOf<typeof joinCards>['cards'][number]

export function Page({ params }: PageProps) {
  const t = useTexts()
  useDensity('desk')
  const workshop = params['workshop'] ?? ''
  const [group, setGroup] = useState('')
  const { state, reload } = useRecord<typeof joinCards>('GET', '/api/workshops/:workshop/cards', {
    params: { workshop },
  })
  if (state.kind === 'loading') return <Loading label={t.general.loading} />
  if (state.kind === 'failed') return <Failure error={state.error} onRetry={reload} />
  const { title, origin, cards } = state.value
  if (cards.length === 0) {
    const action = { href: `/w/${workshop}/setup`, label: t.workshop.backToSetup }
    return <Empty icon="qr-code" title={t.workshop.cardsEmptyTitle} text={t.workshop.cardsEmptyText} action={action} />
  }
  const numbers = [...new Set(cards.flatMap((card) => (card.group === null ? [] : [card.group.number])))].sort(
    (a, b) => a - b,
  )
  const shown = group === '' ? cards : cards.filter((card) => String(card.group?.number ?? '') === group)
  return (
    <div class="setup cards-page">
      <SetupBar
        workshop={workshop}
        title={title}
        step="cards"
        done={['about', 'people', 'phases']}
        onStep={(step) => {
          if (step !== 'cards') navigate(`/w/${workshop}/setup`)
        }}
      />
      <main class="cards-main" tabIndex={-1}>
        <header class="cards-head">
          <div class="grow">
            <h1>{t.workshop.cardsTitle}</h1>
            <p class="muted">{t.workshop.cardsText(shown.length)}</p>
          </div>
          <SelectField
            label={t.workshop.whichCards}
            value={group}
            options={[
              { value: '', label: t.workshop.allGroups },
              ...numbers.map((number) => ({ value: String(number), label: t.workshop.groupTitle(number) })),
            ]}
            onChoose={setGroup}
          />
          <Button kind="main" big icon="printer" onClick={() => print()}>
            {t.workshop.print}
          </Button>
        </header>
        <CodePanel workshop={workshop} origin={origin} />
        <ul class="print-cards">
          {shown.map((card) => (
            <JoinCard card={card} title={title} origin={origin} key={card.id} />
          ))}
        </ul>
      </main>
      <PhoneSettings />
    </div>
  )
}

function JoinCard({ card, title, origin }: { readonly card: Card; readonly title: string; readonly origin: string }) {
  const t = useTexts()
  // LINE's own browser forgets its cookies: this asks it to open the phone's. The secret stands in the fragment, which no server sees.
  const link = `${origin}/c?openExternalBrowser=1#${card.secret}`
  return (
    <li class="print-card">
      <div class="print-card-words">
        <p class="print-card-title">{title}</p>
        <b class="print-card-name">{card.name}</b>
        <p class="muted">{card.organisation}</p>
        {card.group === null ? (
          <p>{t.workshop.cardNoGroup}</p>
        ) : (
          <p class="row print-card-group">
            <Mark group={card.group.number} size="l" />
            <span>
              {card.group.topic === '' ? t.workshop.groupTitle(card.group.number) : card.group.topic}
              {card.group.table === '' ? '' : ` · ${t.workshop.tableOf(card.group.table)}`}
            </span>
          </p>
        )}
        {card.role === 'participant' ? null : <p class="chip">{t.terms.roles[card.role]}</p>}
      </div>
      <div class="print-card-qr">
        <QrCode text={link} label={t.workshop.cardQr(card.name)} />
        <p>
          <Icon name="smartphone" /> {t.workshop.cardScan}
        </p>
      </div>
    </li>
  )
}
