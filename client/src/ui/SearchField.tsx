import SearchRounded from '@mui/icons-material/SearchRounded'
import './search-field.css'

interface Props {
  label: string
  value: string
  onChange(value: string): void
  className?: string
  autoFocus?: boolean
}

/** Narrows the list below it. */
export function SearchField({ label, value, onChange, className, autoFocus = false }: Props) {
  return (
    <label className={className === undefined ? 'search-field' : `search-field ${className}`}>
      <SearchRounded fontSize="small" aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={`${label}…`}
        autoComplete="off"
        spellCheck={false}
        autoFocus={autoFocus}
        maxLength={100}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // What it stands in would close; the field is emptied first.
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          event.stopPropagation()
          onChange('')
        }}
      />
    </label>
  )
}
