import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'

interface Props {
  label?: string
  value: string
  onChange(value: string): void
  error: string | undefined
  autoFocus?: boolean
}

/** The address of a mail, with what phones and password managers want to know of it. */
export function EmailField({ label = t('account.email'), ...rest }: Props) {
  return <Field {...rest} label={label} type="email" inputProps={{ name: 'email', autoComplete: 'email', inputMode: 'email', autoCapitalize: 'off', spellCheck: false }} />
}
