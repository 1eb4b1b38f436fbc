/** The bar of the set-up: which workshop, and its four steps. */
import { useTexts } from '../app/texts.tsx'
import { Icon } from '../ui/icon.tsx'
import { DeviceSettings, WordMark } from '../ui/top-bar.tsx'

export const SETUP_STEPS = ['about', 'people', 'phases', 'cards'] as const
export type SetupStep = (typeof SETUP_STEPS)[number]

export type SetupBarProps = {
  readonly workshop: string
  readonly title: string
  readonly step: SetupStep
  /** Steps that are done. */
  readonly done: readonly SetupStep[]
  readonly onStep: (step: SetupStep) => void
}

export function SetupBar({ workshop, title, step, done, onStep }: SetupBarProps) {
  const t = useTexts()
  return (
    <>
      <header class="bar">
        <WordMark />
        <div class="bar-title">
          <b>{t.workshop.setupTitle}</b>
          <span>{title}</span>
        </div>
        <span class="grow" />
        <a class="btn" href={`/w/${workshop}/wall`} aria-label={t.workshop.openWall}>
          <Icon name="monitor" /> <span class="wide-only">{t.workshop.openWall}</span>
        </a>
        <span class="row wide-only">
          <DeviceSettings />
        </span>
      </header>
      <nav class="setup-steps" aria-label={t.workshop.stepsLabel}>
        <ol class="steps">
          {SETUP_STEPS.map((name, index) => (
            <li
              class={done.includes(name) && name !== step ? 'done' : undefined}
              aria-current={name === step ? 'step' : undefined}
              key={name}
            >
              <button type="button" class="step" onClick={() => onStep(name)}>
                <span class="step-n">
                  {done.includes(name) && name !== step ? <Icon name="check" /> : <span>{index + 1}</span>}
                </span>
                <span class="step-name">{t.workshop.steps[name]}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
    </>
  )
}
