import { useActions } from '../app/chat-context.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { plural } from '../ui/plural.ts'

/** Asked when signing out would lose what has not reached the server. `undelivered` 0: closed. */
export function SignOutDialog({ undelivered, onClose }: { undelivered: number; onClose(): void }) {
  const { signOut } = useActions()
  const one = undelivered === 1
  return (
    <ConfirmDialog
      open={undelivered > 0}
      title="Sign out and lose what is not sent?"
      text={`${plural(undelivered, 'change')} of yours ${one ? 'is' : 'are'} only on this device. Signing out removes everything from it, and ${one ? 'that one' : 'those'} for good. Stay signed in until ${one ? 'it has' : 'they have'} been delivered.`}
      confirm="Discard and sign out"
      cancel="Stay signed in"
      danger
      onClose={onClose}
      onConfirm={() => signOut({ discard: true }).then(() => undefined)}
    />
  )
}
