/** The frame of joining: which workshop this is at the side, one question a screen, the steps above it. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { buddhistDate } from '../../shared/thai/dates.ts'
import { useLanguage } from '../app/texts.tsx'
import { Termed } from '../ui/termed.tsx'
import { Icon } from '../ui/icon.tsx'
import { ClearBar } from './clear-bar.tsx'
import type { FoundWorkshop } from './join-state.ts'

export type JoinFrameProps = {
  readonly workshop: FoundWorkshop | null
  /** 1 code, 2 name, 3 notice; 4 is the badge and shows no steps. */
  readonly step: 1 | 2 | 3 | 4
  readonly title: string
  readonly children: ComponentChildren
}

export function JoinFrame({ workshop, step, title, children }: JoinFrameProps) {
  const { texts: t } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const first = useRef(true)
  // A new question is read out from its heading; the first page keeps the focus where the browser put it.
  useEffect(() => {
    if (first.current) first.current = false
    else heading.current?.focus()
  }, [step])
  return (
    <div class="join">
      <ClearBar />
      <main class="join-main" tabIndex={-1}>
        <aside class="join-side">
          {workshop === null ? (
            <h2>{t.people.joining}</h2>
          ) : (
            <>
              <p class="join-kicker">{t.people.openNow}</p>
              <h2>
                <Termed text={workshop.title} />
              </h2>
              <WorkshopFacts workshop={workshop} />
            </>
          )}
        </aside>
        <section class={`card join-step${step === 4 ? ' join-done' : ''}`}>
          {step === 4 ? null : (
            <>
              <Steps at={step} />
              <h1 ref={heading} tabIndex={-1}>
                {title}
              </h1>
            </>
          )}
          {children}
        </section>
      </main>
    </div>
  )
}

function Steps({ at }: { readonly at: number }) {
  const { texts: t } = useLanguage()
  return (
    <ol class="steps" aria-label={t.people.steps}>
      {t.people.stepNames.map((name, index) => {
        const done = index + 1 < at
        return (
          <li class={done ? 'done' : undefined} aria-current={index + 1 === at ? 'step' : undefined} key={name}>
            <span>{done ? <Icon name="check" /> : index + 1}</span> {name}
          </li>
        )
      })}
    </ol>
  )
}

function WorkshopFacts({ workshop }: { readonly workshop: FoundWorkshop }) {
  const { language } = useLanguage()
  const day = (date: string) => buddhistDate(Date.parse(date), { style: 'long', language })
  const dates =
    workshop.begins === workshop.ends
      ? day(workshop.begins)
      : `${workshop.begins.slice(0, 4) === workshop.ends.slice(0, 4) ? day(workshop.begins).replace(/\s\d+$/, '') : day(workshop.begins)} – ${day(workshop.ends)}`
  return (
    <ul class="facts">
      <li>
        <Icon name="clock" /> {dates}
      </li>
      {workshop.place === '' ? null : (
        <li>
          <Icon name="map-pin" /> {workshop.place}
        </li>
      )}
      {workshop.organiser === '' ? null : (
        <li>
          <Icon name="landmark" /> {workshop.organiser}
        </li>
      )}
    </ul>
  )
}
