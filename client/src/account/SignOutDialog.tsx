import { useActions } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

/** Asked when signing out would lose what has not reached the server. `undelivered` 0: closed. */
export function SignOutDialog({ undelivered, onClose }: { undelivered: number; onClose(): void }) {
  const { signOut } = useActions()
  return (
    <ConfirmDialog
      open={undelivered > 0}
      title={t('account.signOutAndLose')}
      text={t('account.signOutLoses', { count: undelivered })}
      confirm={t('account.discardAndSignOut')}
      cancel={t('account.staySignedIn')}
      danger
      onClose={onClose}
      onConfirm={() => signOut({ discard: true }).then(() => undefined)}
    />
  )
}
