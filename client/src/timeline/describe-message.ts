import type { MessageView } from '../chat/views.ts'
import { dayOf, formatClock, formatShortDate } from '../ui/format-time.ts'
import { nameList } from '../ui/plural.ts'
import { spokenText } from './emote.ts'
import { isLate } from './grouping.ts'

/** One readable line for a message: what a screen reader says when it arrives there. */
export function describeMessage(message: MessageView): string {
  const parts = [`${message.author.displayName}, ${timeWords(message)}`]
  if (message.replyTo?.author !== undefined) parts.push(`answering ${message.replyTo.author.displayName}`)
  if (message.deleted) return `${parts.join(', ')}: ${deletedWords(message)}`
  const after = [
    message.editedAt !== undefined && 'edited',
    message.pinned && 'pinned',
    message.reactions.length > 0 && message.reactions.map((r) => `${r.count} ${r.emoji}`).join(' '),
    message.mine && deliveryWords(message),
    message.rejection !== undefined && message.rejection.message,
  ].filter((part) => typeof part === 'string' && part !== '')
  return `${parts.join(', ')}: ${spokenText(message.text, message.author.displayName)}${after.length > 0 ? ` (${after.join(', ')})` : ''}`
}

/** What stands in the place of a deleted message. */
export function deletedWords({ deletedBy }: MessageView): string {
  return deletedBy === undefined ? 'Message deleted' : `Message deleted by ${deletedBy.displayName}`
}

/** "10:02", or for a message that was long on its way "sent offline 10:02, delivered 11:40", with the date if it was another day. */
export function timeWords(message: MessageView): string {
  if (message.receivedAt !== undefined && isLate(message)) return `sent offline ${sentWords(message.sentAt, message.receivedAt)}, delivered ${formatClock(message.receivedAt)}`
  return formatClock(message.receivedAt ?? message.sentAt)
}

function sentWords(sentAt: number, receivedAt: number): string {
  return dayOf(sentAt) === dayOf(receivedAt) ? formatClock(sentAt) : `${formatShortDate(sentAt)} ${formatClock(sentAt)}`
}

function deliveryWords(message: MessageView): string {
  switch (message.delivery) {
    case 'sending':
    case 'kept':
      return 'not sent yet'
    case 'delivered':
      return message.seenBy.length > 0 ? `seen by ${nameList(message.seenBy.map((p) => p.displayName), 3)}` : 'delivered'
    case 'rejected':
      return 'not accepted'
  }
}
