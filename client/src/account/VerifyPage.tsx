import Button from '@mui/material/Button'
import { useChatState } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { rich } from '../i18n/rich.ts'
import { said, type Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { AccountFrame } from './AccountFrame.tsx'
import { ResendButton } from './ResendButton.tsx'
import { useVerifying } from './use-verifying.ts'

/**
 * What the link of a mail opens: confirms the address by a request of its own, so that a program which only looks at the page confirms nothing.
 * `token`: from the link.
 */
export function VerifyPage({ token }: { token: string | undefined }) {
  const { state, tryAgain } = useVerifying(token)
  const { user, signedIn } = useChatState(({ user, phase }) => ({ user, signedIn: phase === 'ready' }))
  const leave = (
    <Button variant="contained" size="large" onClick={() => navigate({}, { replace: true })}>
      {signedIn ? t('account.toYourRooms') : t('account.signIn')}
    </Button>
  )
  switch (state.is) {
    case 'asking':
      return <AccountFrame title={t('account.confirmingAddress')} />
    case 'waiting':
      return (
        <AccountFrame title={t('account.youAreOffline')} text={t('account.confirmedWhenOnline')}>
          <Button variant="outlined" size="large" onClick={tryAgain}>
            {t('account.tryNow')}
          </Button>
        </AccountFrame>
      )
    case 'confirmed':
      return (
        <AccountFrame
          title={t('account.addressConfirmed')}
          text={rich('account.addressIsYours', { email: <strong>{state.email}</strong> })}
        >
          {leave}
        </AccountFrame>
      )
    case 'refused':
      return (
        <AccountFrame title={state.code === 'token_invalid' ? t('account.linkNotValid') : t('account.didNotWork')} text={explain(state.code, state.says, user?.emailVerified === true ? user.email : undefined)}>
          {leave}
          {signedIn && user?.emailVerified === false && <ResendButton label={t('account.mailNewLink')} large />}
        </AccountFrame>
      )
  }
}

/** `confirmed`: the address that the signed-in person has confirmed already. */
function explain(code: string, says: Sentence, confirmed: string | undefined): string {
  if (code !== 'token_invalid') return said(says)
  if (confirmed !== undefined) return t('account.nothingMissing', { email: confirmed })
  return t('account.linkWorksOnce24')
}
