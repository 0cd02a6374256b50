import type { SessionInfo } from '@chatflow/shared/api/sessions'
import ComputerRounded from '@mui/icons-material/ComputerRounded'
import SmartphoneRounded from '@mui/icons-material/SmartphoneRounded'
import Button from '@mui/material/Button'
import { t } from '../../../i18n/translate.ts'
import { useToday } from '../../../ui/use-today.ts'
import { nameOf, timesOf } from './session-words.ts'

const SMALL = new Set(['iPhone', 'iPad', 'Android', 'iOS'])

/** One session in the list. The present one is ended by signing out. */
export function SessionRow({ session, onEnd }: { session: SessionInfo; onEnd(): void }) {
  const name = nameOf(session)
  const today = useToday()
  const Icon = SMALL.has(session.device) ? SmartphoneRounded : ComputerRounded
  return (
    <li className="setting-item">
      <Icon fontSize="small" aria-hidden="true" />
      <div className="setting-item-lines">
        <div className="ellipsis">{name}</div>
        <div className="text-3">{timesOf(session, today)}</div>
      </div>
      {session.current ? (
        <span className="text-3">{t('settings.thisIsThisDevice')}</span>
      ) : (
        <Button size="small" color="error" aria-label={t('settings.endOf', { device: name })} onClick={onEnd}>
          {t('settings.end')}
        </Button>
      )}
    </li>
  )
}
