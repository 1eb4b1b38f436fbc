/** The fields of an account that several pages ask for, as the browser's own store of passwords knows them. */
import type { CallFailed } from '../app/api.ts'
import { useTexts } from '../app/texts.tsx'
import { useFailureText } from '../ui/failure.tsx'
import { Field } from '../ui/field.tsx'

export type AccountFieldProps = {
  readonly value: string
  readonly onInput: (value: string) => void
  /** What the server found wrong about it. */
  readonly error?: CallFailed | null
}

export function SignInNameField({ value, onInput, error = null }: AccountFieldProps) {
  const words = useFailureText()
  return (
    <Field
      label={useTexts().people.signInName}
      value={value}
      onInput={onInput}
      error={error === null ? undefined : words(error)}
      extra={{ autocomplete: 'username', maxLength: 120, autocapitalize: 'none', spellcheck: false }}
    />
  )
}

export function NewPasswordField({ value, onInput, error = null }: AccountFieldProps) {
  const t = useTexts()
  const words = useFailureText()
  return (
    <Field
      label={t.people.newPassword}
      value={value}
      onInput={onInput}
      hint={t.people.newPasswordHint}
      error={error === null ? undefined : words(error)}
      extra={{ type: 'password', autocomplete: 'new-password' }}
    />
  )
}

/** The password of an account that exists. `label` where a page asks for two. */
export function PasswordField({ value, onInput, error = null, label }: AccountFieldProps & { readonly label: string }) {
  const words = useFailureText()
  return (
    <Field
      label={label}
      value={value}
      onInput={onInput}
      error={error === null ? undefined : words(error)}
      extra={{ type: 'password', autocomplete: 'current-password' }}
    />
  )
}
