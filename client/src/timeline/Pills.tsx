import KeyboardArrowDownRounded from '@mui/icons-material/KeyboardArrowDownRounded'

/** Ways back to the newest message, for someone who reads further up. */
export function Pills({ fresh, away, onLatest }: { fresh: number; away: boolean; onLatest(): void }) {
  if (!away) return null
  return (
    <div className="pills">
      <button type="button" className={fresh > 0 ? 'pill pill-new' : 'pill'} onClick={onLatest}>
        {fresh > 0 ? `${fresh >= 100 ? '100+' : fresh} new ${fresh === 1 ? 'message' : 'messages'}` : 'Jump to latest'}
        <KeyboardArrowDownRounded aria-hidden="true" />
      </button>
    </div>
  )
}
