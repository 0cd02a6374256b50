import type { Id } from '@chatflow/shared/ids'
import type { MessageView, QuoteView } from '../chat/views.ts'

/** What the composer is about, besides a new message: an answer, or a change of an own message. `was`: as it stands; `text`: what to begin with. */
export type Composing = { what: 'reply'; to: QuoteView } | { what: 'edit'; message: Id; was: string | undefined; text: string } | undefined

export function replyingTo(message: MessageView): Composing {
  const { id, seq, author, text } = message
  return { what: 'reply', to: { id, author, text, ...(seq === undefined ? {} : { seq }) } }
}

export function editing(message: MessageView, text = message.text): Composing {
  return { what: 'edit', message: message.id, was: message.text, text }
}

/** A refused answer is an answer again. */
export function replyToAgain(to: QuoteView | undefined): Composing {
  return to === undefined ? undefined : { what: 'reply', to }
}
