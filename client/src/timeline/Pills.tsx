import KeyboardArrowDownRounded from '@mui/icons-material/KeyboardArrowDownRounded'
import { t } from '../i18n/translate.ts'

/** Ways back to the newest message, for someone who reads further up. */
export function Pills({ fresh, away, onLatest }: { fresh: number; away: boolean; onLatest(): void }) {
  if (!away) return null
  return (
    <div className="pills">
      <button type="button" className={fresh > 0 ? 'pill pill-new' : 'pill'} onClick={onLatest}>
        {fresh === 0 ? t('timeline.toLatest') : fresh >= 100 ? t('timeline.newMessagesMany') : t('timeline.newMessages', { count: fresh })}
        <KeyboardArrowDownRounded aria-hidden="true" />
      </button>
    </div>
  )
}
