import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { dayOf, formatClock, formatShortDate } from '../ui/format-time.ts'
import { nameList } from '../ui/name-list.ts'
import { spokenText } from './emote.ts'
import { isLate } from './grouping.ts'

/** One readable line for a message: what a screen reader says when it arrives there. */
export function describeMessage(message: MessageView): string {
  const parts = [`${message.author.displayName}, ${timeWords(message)}`]
  if (message.replyTo?.author !== undefined) parts.push(t('timeline.answering', { name: message.replyTo.author.displayName }))
  if (message.deleted) return `${parts.join(', ')}: ${deletedWords(message)}`
  const after = [
    message.editedAt !== undefined && t('timeline.edited'),
    message.pinned && t('timeline.pinned'),
    message.reactions.length > 0 && message.reactions.map((r) => `${r.count} ${r.emoji}`).join(' '),
    message.mine && deliveryWords(message),
    message.rejection !== undefined && t(`errors.${message.rejection.code}`),
  ].filter((part) => typeof part === 'string' && part !== '')
  return `${parts.join(', ')}: ${spokenText(message.text, message.author.displayName)}${after.length > 0 ? ` (${after.join(', ')})` : ''}`
}

function deletedWords({ deletedBy }: MessageView): string {
  return deletedBy === undefined ? t('common.messageDeleted') : t('timeline.deletedBy', { name: deletedBy.displayName })
}

/** "10:02", or for a message that was long on its way "sent offline 10:02, delivered 11:40", with the date if it was another day. */
export function timeWords(message: MessageView): string {
  if (message.receivedAt !== undefined && isLate(message)) return t('timeline.sentOffline', { sent: sentWords(message.sentAt, message.receivedAt), received: formatClock(message.receivedAt) })
  return formatClock(message.receivedAt ?? message.sentAt)
}

function sentWords(sentAt: number, receivedAt: number): string {
  return dayOf(sentAt) === dayOf(receivedAt) ? formatClock(sentAt) : `${formatShortDate(sentAt)} ${formatClock(sentAt)}`
}

function deliveryWords(message: MessageView): string {
  switch (message.delivery) {
    case 'sending':
    case 'kept':
      return t('timeline.isNotSent')
    case 'delivered':
      return message.seenBy.length > 0 ? t('timeline.isSeenBy', { people: nameList(message.seenBy.map((p) => p.displayName), 3) }) : t('timeline.isDelivered')
    case 'rejected':
      return t('timeline.isNotAccepted')
  }
}
