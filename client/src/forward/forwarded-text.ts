import { formatRoute } from '../app/route.ts'
import type { MessageView } from '../chat/views.ts'

/** The address of a message, for everyone who may see its room. */
export function messageLink(origin: string, message: Pick<MessageView, 'room' | 'seq'>): string | undefined {
  return message.seq === undefined ? undefined : `${origin}/${formatRoute({ room: message.room, at: message.seq })}`
}

/**
 * What is sent when a message is forwarded: the comment, and the message as a quote that says whose it is and where it stands.
 * Names are text: what would be Markdown in them is left out.
 */
export function forwardedText(message: Pick<MessageView, 'author' | 'text' | 'room' | 'seq'>, comment: string, origin: string): string {
  const who = message.author.displayName.replace(/[*_~`[\]\n]/g, ' ').trim()
  const link = messageLink(origin, message)
  const quoted = [`**${who}**${link === undefined ? '' : ` ${link}`}`, ...message.text.split('\n')].map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')
  return comment.trim() === '' ? quoted : `${comment.trim()}\n${quoted}`
}
