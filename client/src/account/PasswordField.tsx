import VisibilityOffRounded from '@mui/icons-material/VisibilityOffRounded'
import VisibilityRounded from '@mui/icons-material/VisibilityRounded'
import IconButton from '@mui/material/IconButton'
import { useState } from 'react'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { PasswordStrength } from './PasswordStrength.tsx'

interface Props {
  label?: string
  /** Of the form's field. */
  name?: string
  value: string
  onChange(value: string): void
  autoComplete: 'current-password' | 'new-password'
  error?: string | undefined
  hint?: string | undefined
  autoFocus?: boolean
  /** Shows how hard it is to guess. What others know of the person: name, address. */
  strengthFor?: readonly string[]
}

/** A password with a toggle to read it. Pasting is allowed: password managers type this way. */
export function PasswordField({ label = t('account.password'), name = 'password', value, onChange, autoComplete, error, hint, autoFocus = false, strengthFor }: Props) {
  const [shown, setShown] = useState(false)
  return (
    <>
      <Field
        label={label}
        value={value}
        onChange={onChange}
        error={error}
        hint={hint}
        autoFocus={autoFocus}
        type={shown ? 'text' : 'password'}
        inputProps={{ autoComplete, name, spellCheck: false, autoCapitalize: 'off' }}
        end={
          <IconButton aria-label={shown ? t('account.hideCharacters') : t('account.showCharacters')} aria-pressed={shown} onClick={() => setShown(!shown)} sx={{ mr: 0.5 }}>
            {shown ? <VisibilityOffRounded /> : <VisibilityRounded />}
          </IconButton>
        }
      />
      {strengthFor !== undefined && <PasswordStrength password={value} about={strengthFor} />}
    </>
  )
}
