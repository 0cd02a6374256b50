import SearchRounded from '@mui/icons-material/SearchRounded'

/** Narrows the list below it. */
export function SearchField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <label className="jump admin-search">
      <SearchRounded fontSize="small" aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={`${label}…`}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // The page would close; the field is emptied first.
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          onChange('')
        }}
      />
    </label>
  )
}
