import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined'
import Button from '@mui/material/Button'
import { useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

/** An invitation link that was opened by somebody who has an account here. */
export function InvitedAlready() {
  const me = useMe()
  return (
    <main className="no-room">
      <EmptyState
        level={1}
        icon={<MarkEmailReadOutlined />}
        title={t('account.hereAlready')}
        actions={
          <Button variant="contained" onClick={() => navigate({}, { replace: true })}>
            {t('account.toYourRooms')}
          </Button>
        }
      >
        {t('account.invitedAlready', { name: me.displayName })}
      </EmptyState>
    </main>
  )
}
