import ChatBubbleOutlineRounded from '@mui/icons-material/ChatBubbleOutlineRounded'
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import Button from '@mui/material/Button'
import type { Id } from '@chatflow/shared/ids'
import { can } from '@chatflow/shared/permissions'
import { GUEST_WAITS } from '../rooms/guest-waits.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useChatState, useMe } from './chat-context.tsx'
import { useShell } from './shell-context.tsx'
import { navigate } from './use-route.ts'

/** The middle of the screen while no room is open. `wanted`: the room of the address, which is not one of the person's. */
export function NoRoom({ wanted }: { wanted: Id | undefined }) {
  const { openDialog } = useShell()
  const guest = !can(useMe(), 'room.create')
  const none = useChatState((state) => state.rooms.length === 0)
  const offline = useChatState((state) => state.connection.state !== 'connected')
  if (wanted !== undefined) {
    return (
      <main className="no-room">
        <EmptyState
          icon={<ChatBubbleOutlineRounded />}
          level={1}
          title="This room is not here"
          actions={
            <Button variant="outlined" startIcon={<ArrowBackRounded />} onClick={() => navigate({}, { replace: true })}>
              To your rooms
            </Button>
          }
        >
          {offline ? 'It may not have reached this device yet. It appears when you are online.' : 'You are not a member of it, or it does not exist.'}
        </EmptyState>
      </main>
    )
  }
  return (
    <main className="no-room">
      <EmptyState
        icon={<ChatBubbleOutlineRounded />}
        level={1}
        title={!none ? 'Nothing open' : guest ? 'Welcome' : 'Begin with a room'}
        actions={
          none && !guest && (
            <>
              <Button variant="contained" onClick={() => openDialog('new-room')}>
                Make a room
              </Button>
              <Button variant="outlined" onClick={() => openDialog('browse-rooms')}>
                See what there is
              </Button>
            </>
          )
        }
      >
        {!none
          ? 'Choose a room at the left. With Alt and the arrow keys you go from one to the next.'
          : guest
            ? GUEST_WAITS
            : 'Make one for your team, look at those that exist, or write to someone directly.'}
      </EmptyState>
    </main>
  )
}
