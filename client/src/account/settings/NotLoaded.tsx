import Button from '@mui/material/Button'
import { t } from '../../i18n/translate.ts'

/** Stands where something of the server's would be: nothing while it is on its way, else why it is not there. */
export function NotLoaded({ message, onRetry }: { message: string | undefined; onRetry(): void }) {
  if (message === undefined) return null
  return (
    <div className="setting-row">
      <p className="text-2">{message}</p>
      <Button size="small" onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </div>
  )
}
