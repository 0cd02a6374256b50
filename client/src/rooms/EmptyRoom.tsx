import ForumRounded from '@mui/icons-material/ForumRounded'
import WavingHandRounded from '@mui/icons-material/WavingHandRounded'
import Button from '@mui/material/Button'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** A room without a message says what it is for and how it begins. */
export function EmptyRoom({ room }: { room: RoomView }) {
  const ui = useRoomUi()
  if (room.kind === 'dm') {
    return (
      <EmptyState icon={<WavingHandRounded />} title={`Say hello to ${room.name}`}>
        {room.with.length > 1 ? 'Only the people in this conversation' : 'Only the two of you'} can read what is written here. Send the first message below.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<ForumRounded />}
      title={`Welcome to ${room.name}`}
      actions={
        mayDo(ui, 'member.add') && (
          <Button variant="outlined" onClick={() => navigate({ room: room.id, panel: 'members' })}>
            Invite people
          </Button>
        )
      }
    >
      {room.kind === 'public' ? 'Everyone can find and join this room.' : 'Only people who are added can see this room.'} Write the first message below.
    </EmptyState>
  )
}
