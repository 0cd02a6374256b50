import type { MessageView } from '../chat/views.ts'
import { dayOf } from '../ui/format-time.ts'

/** Messages of one author within this many ms stand under one name. */
const GROUP_MS = 5 * 60_000
/** A message committed this many ms after it was written says so. */
const LATE_MS = 5 * 60_000

/** What stands with a message besides its text, seen from the message above it. */
export interface Placement {
  /** Under the name of the message above. */
  grouped: boolean
  /** ms; a divider for the day stands above. */
  day?: number
}

/** When a message took its place in the room: the time of commit, which never runs backwards; before that, the author's clock. */
export function timeOf(message: MessageView): number {
  return message.receivedAt ?? message.sentAt
}

/** `above` undefined: not loaded, or the message is the first of the room (`first`). */
export function place(message: MessageView, above: MessageView | undefined, first: boolean): Placement {
  const time = timeOf(message)
  const newDay = above === undefined ? first : dayOf(timeOf(above)) !== dayOf(time)
  const grouped =
    above !== undefined &&
    !newDay &&
    above.author.id === message.author.id &&
    above.event === undefined &&
    message.event === undefined &&
    message.replyTo === undefined &&
    time - timeOf(above) < GROUP_MS &&
    !isLate(message) &&
    !isLate(above)
  return newDay ? { grouped, day: time } : { grouped }
}

export function isLate(message: MessageView): boolean {
  return message.receivedAt !== undefined && message.event === undefined && message.receivedAt - message.sentAt > LATE_MS
}
