/** One of a list, as the device's own menu; the label may be for screen readers only where a column says it. */
import { useId } from 'preact/hooks'

export type SelectFieldProps = {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChoose: (value: string) => void
  readonly quietLabel?: boolean
}

export function SelectField({ label, value, options, onChoose, quietLabel }: SelectFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id} class={quietLabel === true ? 'sr' : undefined}>
        {label}
      </label>
      <select id={id} class="input" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => (
          <option value={option.value} key={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
