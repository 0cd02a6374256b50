import CloudOffRounded from '@mui/icons-material/CloudOffRounded'
import { useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'

/** Stands over places whose messages cannot come now. Nothing is shown while they are only on their way. Told as it appears; the one status region is the connection's. */
export function NotHere({ missing }: { missing: boolean }) {
  const offline = useChatState((state) => state.connection.state === 'offline')
  return (
    <div className="not-here" aria-live="polite">
      {missing && offline && (
        <p>
          <CloudOffRounded aria-hidden="true" />
          {t('timeline.notHere')}
        </p>
      )}
    </div>
  )
}
