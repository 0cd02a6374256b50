import { isId, type Id } from '../ids.ts'
import { ROOM_KINDS, type RoomKind } from '../roles.ts'
import type { ToldBecause } from './decide-notification.ts'

const REASONS: readonly ToldBecause[] = ['mention', 'everyone', 'direct', 'conversation', 'message']

/** What a push message says, encrypted for the device that it goes to. */
export interface PushPayload {
  room: Id
  /** Id of the message. */
  message: Id
  seq: number
  /** Of a direct conversation: '' */
  roomName: string
  kind: RoomKind
  reason: ToldBecause
  /** Display name of the author. */
  by: string
  /** See `excerptOf`; absent where the person hides what was written. */
  text?: string
  /** BCP 47, of the subscription. */
  language: string
  /** How many messages of the room wait for the reader, this one included. */
  count: number
  /** false: no sound. */
  sound: boolean
}

/** Undefined for what is none: a push must be shown whatever it holds, so its reader takes nothing for granted. */
export function parsePushPayload(json: string): PushPayload | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { room, message, seq, roomName, kind, reason, by, text, language, count, sound } = value as Record<string, unknown>
  const told = REASONS.find((one) => one === reason)
  const of = ROOM_KINDS.find((one) => one === kind)
  if (!isId(room) || !isId(message) || !isCount(seq) || typeof roomName !== 'string' || of === undefined || told === undefined || typeof by !== 'string') return undefined
  return {
    room,
    message,
    seq,
    roomName,
    kind: of,
    reason: told,
    by,
    ...(typeof text === 'string' ? { text } : {}),
    language: typeof language === 'string' ? language : 'en',
    count: isCount(count) ? count : 1,
    sound: sound !== false,
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}
