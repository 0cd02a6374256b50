import { avatarPath } from '@chatflow/shared/avatar-path'
import { excerptOf } from '@chatflow/shared/notify/excerpt'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import type { NotificationContent } from '../platform/notifications.ts'
import type { News } from './new-messages.ts'

/** Shown where the author has no picture. */
const APP_ICON = '/icons/icon-192.png'

/** What a notification says of the newest of `count` messages: who, where, and unless that is hidden, what. */
export function notificationWords({ author, entry }: Pick<News, 'author' | 'entry'>, room: RoomView, count: number, hideText: boolean): Pick<NotificationContent, 'title' | 'body' | 'icon'> {
  const name = author.displayName
  const text = excerptOf(entry().text, name)
  const alone = room.kind === 'dm' && room.with.length <= 1
  const place = alone ? name : room.name
  return {
    title: count > 1 ? t('push.titleOfMany', { place, count }) : place,
    body: hideText || text === '' ? t(alone ? 'push.hiddenText' : 'push.hiddenTextBy', { name }) : alone ? text : t('push.textBy', { name, text }),
    icon: author.avatar === undefined ? APP_ICON : avatarPath(author.avatar),
  }
}
