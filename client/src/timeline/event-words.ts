import type { MessageView } from '../chat/views.ts'

/** What happened, in a sentence without its time. */
export function eventWords(message: MessageView): string {
  const { event, author } = message
  const who = message.mine ? 'You' : author.displayName
  const whom = message.eventUser?.displayName ?? 'someone'
  switch (event?.type) {
    case 'created':
      return `${who} created the room`
    case 'joined':
      return `${who} joined`
    case 'left':
      return `${who} left`
    case 'added':
      return `${who} added ${whom}`
    case 'removed':
      return `${who} removed ${whom}`
    case 'banned':
      return `${who} banned ${whom}`
    case 'renamed':
      return `${who} renamed the room to “${event.name}”`
    case 'topic':
      return event.topic === '' ? `${who} removed the topic` : `${who} set the topic: ${event.topic}`
    case 'archived':
      return `${who} archived the room`
    case 'unarchived':
      return `${who} opened the room again`
    default:
      // A newer server may know events that this client does not.
      return `${who} changed something`
  }
}
