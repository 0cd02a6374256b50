import LockRounded from '@mui/icons-material/LockRounded'
import Button from '@mui/material/Button'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

/** The address of administration, opened by somebody who is no administrator. */
export function NotForYou() {
  return (
    <main className="no-room">
      <EmptyState
        level={1}
        icon={<LockRounded />}
        title={t('admin.forAdministrators')}
        actions={
          <Button variant="contained" onClick={() => navigate({}, { replace: true })}>
            {t('admin.toYourRooms')}
          </Button>
        }
      >
        {t('admin.notAdministrator')}
      </EmptyState>
    </main>
  )
}
