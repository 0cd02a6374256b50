import ForumRounded from '@mui/icons-material/ForumRounded'
import WavingHandRounded from '@mui/icons-material/WavingHandRounded'
import Button from '@mui/material/Button'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'

/** A room without a message says what it is for and how it begins. */
export function EmptyRoom({ room }: { room: RoomView }) {
  const ui = useRoomUi()
  if (room.kind === 'dm') {
    return (
      <EmptyState icon={<WavingHandRounded />} title={t('rooms.helloTo', { name: room.name })}>
        {t(room.with.length > 1 ? 'rooms.helloGroup' : 'rooms.helloTwo')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<ForumRounded />}
      title={t('rooms.welcomeTo', { room: room.name })}
      actions={
        mayDo(ui, 'member.add') && (
          <Button variant="outlined" onClick={() => navigate({ room: room.id, panel: 'members' })}>
            {t('rooms.invite')}
          </Button>
        )
      }
    >
      {t(room.kind === 'public' ? 'rooms.welcomePublic' : 'rooms.welcomePrivate')}
    </EmptyState>
  )
}
