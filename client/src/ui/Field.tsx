import InputBase from '@mui/material/InputBase'
import { useId } from 'react'
import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import './field.css'

interface Props {
  label: string
  value: string
  onChange(value: string): void
  /** A sentence saying what is wrong; replaces the hint. */
  error?: string | undefined
  hint?: string | undefined
  type?: string
  autoFocus?: boolean
  multiline?: boolean
  maxRows?: number
  end?: ReactNode
  inputRef?: Ref<HTMLInputElement>
  inputProps?: InputHTMLAttributes<HTMLInputElement>
}

/** A form field with its label above it and, below, a hint or what is wrong. */
export function Field({ label, value, onChange, error, hint, type = 'text', autoFocus, multiline, maxRows, end, inputRef, inputProps }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <InputBase
        id={id}
        className="field-input"
        type={type}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        error={error !== undefined}
        autoFocus={autoFocus ?? false}
        multiline={multiline ?? false}
        {...(maxRows === undefined ? {} : { maxRows })}
        inputRef={inputRef}
        endAdornment={end}
        slotProps={{ input: { ...inputProps, ...(note === undefined ? {} : { 'aria-describedby': `${id}-note` }), 'aria-invalid': error !== undefined } }}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? 'field-note' : 'field-note field-error'}>
          {note}
        </p>
      )}
    </div>
  )
}
