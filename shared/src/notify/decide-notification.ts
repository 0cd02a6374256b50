import { LIMITS } from '../limits.ts'
import type { RoomKind } from '../roles.ts'
import type { NotifySettings } from './notify-settings.ts'
import { quietUntil } from './quiet-hours.ts'

/** A message, as it concerns one reader. */
export interface MessageFacts {
  kind: RoomKind
  /** When it came to be what it is: its commit, or that of the edit; ms since the epoch by the server's clock. */
  at: number
  /** The reader wrote it, on whatever device. */
  own?: boolean
  /** Nobody typed it: somebody joined, a topic changed. */
  event?: boolean
  deleted?: boolean
  /** It has been changed, and that is what is told of. */
  edited?: boolean
  /** It names the reader; of an edit: and did not before. */
  mentionsMe?: boolean
  /** It names everyone in the room; of an edit: and did not before. */
  mentionsRoom?: boolean
  /** It answers in a conversation that the reader began, or has answered in. */
  inMyConversation?: boolean
}

/** Where the reader is. */
export interface PresenceFacts {
  /** The reader's cursor has passed the message. */
  read?: boolean
  /** Some device of the reader shows the room to somebody who is there. */
  active?: boolean
}

/** Why somebody is told ... */
export type ToldBecause = 'mention' | 'everyone' | 'direct' | 'conversation' | 'message'
/** ... or is not. */
type SilentBecause = 'own' | 'deleted' | 'event' | 'read' | 'edited' | 'muted' | 'level' | 'late' | 'active' | 'quiet'

export type NotificationDecision =
  | { notify: true; sound: boolean; badge: boolean; reason: ToldBecause }
  /** `badge`: it counts among what waits for the reader all the same. */
  | { notify: false; sound: false; badge: boolean; reason: SilentBecause }

/**
 * Is the reader to be told of the message, and how loudly? The page and the server's push ask the same. In this order:
 * what is nobody's news (own, deleted, events, read, edits that name nobody new); a muted room, which wins over everything; the level; then
 * what came too long ago, so that a device which was away does not ring a hundred times; then whether the reader sees it anyway, or wants quiet.
 * Who may read the message at all is not judged here.
 */
export function decideNotification(message: MessageFacts, settings: NotifySettings, presence: PresenceFacts, now: number): NotificationDecision {
  if (message.own === true) return silent('own')
  if (message.deleted === true) return silent('deleted')
  if (message.event === true) return silent('event')
  if (presence.read === true) return silent('read')
  const mention = message.mentionsMe === true || message.mentionsRoom === true
  if (message.edited === true && !mention) return silent('edited')
  if (settings.own === 'none') return silent('muted', mention)
  const level = settings.own ?? settings.forAll
  const direct = message.kind === 'dm'
  const meant = direct || message.inMyConversation === true
  const badge = mention || (direct && level !== 'none')
  if (!(mention || level === 'all' || (level === 'mentions' && meant))) return silent('level', badge)
  if (message.at <= now - LIMITS.notifiedWithinMs) return silent('late', badge)
  if (presence.active === true) return silent('active', badge)
  if (quietUntil(settings, now) !== undefined) return silent('quiet', badge)
  return { notify: true, sound: settings.sound, badge, reason: reasonOf(message, direct) }
}

function silent(reason: SilentBecause, badge = false): NotificationDecision {
  return { notify: false, sound: false, badge, reason }
}

function reasonOf(message: MessageFacts, direct: boolean): ToldBecause {
  if (message.mentionsMe === true) return 'mention'
  if (direct) return 'direct'
  if (message.mentionsRoom === true) return 'everyone'
  return message.inMyConversation === true ? 'conversation' : 'message'
}
