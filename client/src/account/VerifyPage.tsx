import Button from '@mui/material/Button'
import { useChatState } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
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
      {signedIn ? 'To your rooms' : 'Sign in'}
    </Button>
  )
  switch (state.is) {
    case 'asking':
      return <AccountFrame title="Confirming your address…" />
    case 'waiting':
      return (
        <AccountFrame title="You are offline" text="Your address is confirmed as soon as the server can be reached. Keep this page open.">
          <Button variant="outlined" size="large" onClick={tryAgain}>
            Try now
          </Button>
        </AccountFrame>
      )
    case 'confirmed':
      return (
        <AccountFrame
          title="Your address is confirmed"
          text={
            <>
              <strong>{state.email}</strong> is the address of your account.
            </>
          }
        >
          {leave}
        </AccountFrame>
      )
    case 'refused':
      return (
        <AccountFrame title={state.code === 'token_invalid' ? 'This link is no longer valid' : 'This did not work'} text={explain(state.code, state.message, user?.emailVerified === true ? user.email : undefined)}>
          {leave}
          {signedIn && user?.emailVerified === false && <ResendButton label="Mail a new link" large />}
        </AccountFrame>
      )
  }
}

/** `confirmed`: the address that the signed-in person has confirmed already. */
function explain(code: string, message: string, confirmed: string | undefined): string {
  if (code !== 'token_invalid') return message
  if (confirmed !== undefined) return `Nothing is missing: ${confirmed} is confirmed.`
  return 'It works once, for 24 hours, and a newer one takes its place. If you have opened it before, your address is confirmed.'
}
