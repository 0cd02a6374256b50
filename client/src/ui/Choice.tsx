import MenuItem from '@mui/material/MenuItem'
import Select from '@mui/material/Select'
import './choice.css'

interface Props<T extends string> {
  /** Accessible name. */
  label: string
  value: T
  options: readonly { value: T; title: string }[]
  onChange(value: T): void
}

/** One of a few, in a list that opens. */
export function Choice<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <Select
      className="choice"
      size="small"
      value={value}
      // What is chosen is one of the options.
      onChange={(event) => onChange(event.target.value as T)}
      slotProps={{ input: { 'aria-label': label } }}
      SelectDisplayProps={{ 'aria-label': `${label}: ${options.find((option) => option.value === value)?.title ?? value}` }}
    >
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          {option.title}
        </MenuItem>
      ))}
    </Select>
  )
}
