import VisibilityOffRounded from '@mui/icons-material/VisibilityOffRounded'
import VisibilityRounded from '@mui/icons-material/VisibilityRounded'
import IconButton from '@mui/material/IconButton'
import { useState } from 'react'
import { Field } from '../ui/Field.tsx'

interface Props {
  value: string
  onChange(value: string): void
  autoComplete: 'current-password' | 'new-password'
  error?: string | undefined
  hint?: string | undefined
}

/** A password with a toggle to read it. Pasting is allowed: password managers type this way. */
export function PasswordField({ value, onChange, autoComplete, error, hint }: Props) {
  const [shown, setShown] = useState(false)
  return (
    <Field
      label="Password"
      value={value}
      onChange={onChange}
      error={error}
      hint={hint}
      type={shown ? 'text' : 'password'}
      inputProps={{ autoComplete, name: 'password', spellCheck: false, autoCapitalize: 'off' }}
      end={
        <IconButton aria-label={shown ? 'Hide characters' : 'Show characters'} aria-pressed={shown} onClick={() => setShown(!shown)} sx={{ mr: 0.5 }}>
          {shown ? <VisibilityOffRounded /> : <VisibilityRounded />}
        </IconButton>
      }
    />
  )
}
