import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded'
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded'
import EditRounded from '@mui/icons-material/EditRounded'
import FlagOutlined from '@mui/icons-material/FlagOutlined'
import ForwardRounded from '@mui/icons-material/ForwardRounded'
import ForumOutlined from '@mui/icons-material/ForumOutlined'
import LinkRounded from '@mui/icons-material/LinkRounded'
import MarkChatUnreadRounded from '@mui/icons-material/MarkChatUnreadRounded'
import PushPinRounded from '@mui/icons-material/PushPinRounded'
import ReplyRounded from '@mui/icons-material/ReplyRounded'
import type { ReactNode } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { MessageView } from '../chat/views.ts'
import { messageLink } from '../forward/forwarded-text.ts'
import type { PlainKey } from '../i18n/words.ts'
import { mayDo, useRoomUi } from './room-ui.tsx'
import type { RoomUi } from './room-ui.tsx'

interface MessageAction {
  /** Key of its words. */
  name: PlainKey
  icon: ReactNode
  run(): void
  danger?: boolean
}

/** May reactions and replies be given to this message? Also to one that is still waiting. */
export function mayAnswer(ui: RoomUi, message: MessageView): boolean {
  return !message.deleted && message.delivery !== 'rejected' && mayDo(ui, 'message.send')
}

/** What may be done with a message, in the order of the menu. */
export function useMessageActions(message: MessageView): MessageAction[] {
  const ui = useRoomUi()
  const { pin } = useActions()
  const author = message.author.id
  const link = messageLink(location.origin, message)
  const actions: (MessageAction | false)[] = [
    mayAnswer(ui, message) && { name: 'timeline.reply', icon: <ReplyRounded />, run: () => ui.reply(message) },
    ui.thread === undefined &&
      message.event === undefined &&
      (!message.deleted || message.answers !== undefined) &&
      message.delivery !== 'rejected' && { name: 'timeline.openConversation', icon: <ForumOutlined />, run: () => navigate({ room: ui.room.id, panel: 'thread', item: message.root ?? message.id }) },
    !message.deleted && message.delivery !== 'rejected' && mayDo(ui, 'message.edit', { author }) && { name: 'common.edit', icon: <EditRounded />, run: () => ui.edit(message) },
    !message.deleted && { name: 'timeline.copyText', icon: <ContentCopyRounded />, run: () => void navigator.clipboard.writeText(message.text).catch(() => undefined) },
    !message.deleted && link !== undefined && { name: 'timeline.copyLink', icon: <LinkRounded />, run: () => void navigator.clipboard.writeText(link).catch(() => undefined) },
    !message.deleted && message.event === undefined && message.text !== '' && message.delivery !== 'rejected' && { name: 'timeline.forward', icon: <ForwardRounded />, run: () => ui.askForward(message) },
    !message.deleted &&
      message.delivery !== 'rejected' &&
      mayDo(ui, 'message.pin') && { name: message.pinned ? 'common.unpin' : 'timeline.pin', icon: <PushPinRounded />, run: () => void pin(ui.room.id, message.id, !message.pinned) },
    message.seq !== undefined && { name: 'timeline.markUnread', icon: <MarkChatUnreadRounded />, run: () => ui.markUnread(message) },
    !message.deleted && message.seq !== undefined && mayDo(ui, 'message.report', { author }) && { name: 'timeline.report', icon: <FlagOutlined />, run: () => ui.askReport(message) },
    !message.deleted &&
      message.delivery !== 'rejected' &&
      mayDo(ui, 'message.delete', { author }) && { name: 'common.delete', icon: <DeleteOutlineRounded />, run: () => ui.askDelete(message), danger: true },
  ]
  return actions.filter((action) => action !== false)
}
