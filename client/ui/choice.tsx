/** One choice out of a few, or ticks: real radios and checkboxes drawn large; checked changes ground and form. */
import { useId } from 'preact/hooks'

export type ChoiceProps<Value extends string> = {
  readonly legend: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value | null
  readonly onChoose: (value: Value) => void
  /** Joined like one segmented control. */
  readonly joined?: boolean
  /** Hides the legend from sight where a heading already says it. */
  readonly quietLegend?: boolean
}

export function Choice<Value extends string>({
  legend,
  options,
  value,
  onChoose,
  joined,
  quietLegend,
}: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset class="field">
      <legend class={quietLegend === true ? 'sr' : 'label'}>{legend}</legend>
      <div class={`choice${joined === true ? ' choice-seg' : ''}`}>
        {options.map((option) => (
          <label data-checked={option.value === value ? 'true' : undefined} key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export type TicksProps<Value extends string> = {
  readonly legend: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly values: readonly Value[]
  readonly onToggle: (value: Value, on: boolean) => void
}

export function Ticks<Value extends string>({ legend, options, values, onToggle }: TicksProps<Value>) {
  return (
    <fieldset class="field">
      <legend class="label">{legend}</legend>
      <div class="choice">
        {options.map((option) => {
          const on = values.includes(option.value)
          return (
            <label data-checked={on ? 'true' : undefined} key={option.value}>
              <input type="checkbox" checked={on} onChange={() => onToggle(option.value, !on)} />
              {option.label}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
