import MarkEmailReadOutlined from '@mui/icons-material/MarkEmailReadOutlined'
import Button from '@mui/material/Button'
import { useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

/** An invitation link that was opened by somebody who has an account here. */
export function InvitedAlready() {
  const me = useMe()
  return (
    <main className="no-room">
      <EmptyState
        level={1}
        icon={<MarkEmailReadOutlined />}
        title="You are here already"
        actions={
          <Button variant="contained" onClick={() => navigate({}, { replace: true })}>
            To your rooms
          </Button>
        }
      >
        This invitation is for a new account, and you are signed in as {me.displayName}.
      </EmptyState>
    </main>
  )
}
