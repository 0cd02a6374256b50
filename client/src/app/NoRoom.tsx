import ChatBubbleOutlineRounded from '@mui/icons-material/ChatBubbleOutlineRounded'
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import Button from '@mui/material/Button'
import type { Id } from '@chatflow/shared/ids'
import { can } from '@chatflow/shared/permissions'
import { t } from '../i18n/translate.ts'
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
          title={t('app.roomNotHere')}
          actions={
            <Button variant="outlined" startIcon={<ArrowBackRounded />} onClick={() => navigate({}, { replace: true })}>
              {t('app.toYourRooms')}
            </Button>
          }
        >
          {t(offline ? 'app.roomNotHereYet' : 'app.roomNotYours')}
        </EmptyState>
      </main>
    )
  }
  return (
    <main className="no-room">
      <EmptyState
        icon={<ChatBubbleOutlineRounded />}
        level={1}
        title={t(!none ? 'app.nothingOpen' : guest ? 'app.welcome' : 'app.beginWithRoom')}
        actions={
          none && !guest && (
            <>
              <Button variant="contained" onClick={() => openDialog('new-room')}>
                {t('app.makeRoom')}
              </Button>
              <Button variant="outlined" onClick={() => openDialog('browse-rooms')}>
                {t('app.seeWhatThereIs')}
              </Button>
            </>
          )
        }
      >
        {!none
          ? t('app.chooseRoom')
          : guest
            ? t('rooms.guestWaits')
            : t('app.beginWithRoomHow')}
      </EmptyState>
    </main>
  )
}
