import MarkEmailUnreadRounded from '@mui/icons-material/MarkEmailUnreadRounded'
import { useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { ResendButton } from './ResendButton.tsx'

/** Who has not confirmed an address learns what does not work yet, and how to get the mail again. */
export function UnverifiedBar() {
  const user = useChatState((state) => state.user)
  if (user === undefined || user.emailVerified || user.role === 'guest') return null
  return (
    <div className="bar bar-quiet">
      <MarkEmailUnreadRounded fontSize="small" aria-hidden="true" />
      <span>
        {t(user.role === 'admin' ? 'account.unverifiedAdmin' : 'account.unverified')}
        <span className="bar-more"> {t('account.linkSentTo', { email: user.email })}</span>
      </span>
      <ResendButton />
    </div>
  )
}
