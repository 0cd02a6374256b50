import { useEffect } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { RoomPanel } from '../rooms/RoomPanel.tsx'
import type { PanelProps } from '../rooms/RoomPanel.tsx'
import { ThreadRoom } from './ThreadRoom.tsx'
import './thread.css'

/** One conversation of the room: what it began with, all its answers, and where one answers. */
export function ThreadPanel({ room, timeline, item }: PanelProps) {
  const { openThread } = useActions()
  const thread = useChatState((state) => state.thread)
  const open = timeline !== undefined
  useEffect(() => {
    if (open) openThread(item)
  }, [openThread, item, open])
  useEffect(() => () => openThread(undefined), [openThread])

  return (
    <RoomPanel room={room.id} label={t('thread.conversation')} wide>
      {thread !== undefined && thread.root === item && <ThreadRoom key={thread.root} room={room} thread={thread} members={timeline?.members ?? []} />}
    </RoomPanel>
  )
}
