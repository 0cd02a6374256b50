import { isId, type Id } from '@chatflow/shared/ids'

/** What the service worker says to pages. */
export type WorkerMessage =
  /** A notification was clicked: this is to be shown. */
  | { type: 'open-place'; room: Id; seq: number }
  /** A push message was shown: perhaps it has been read already. */
  | { type: 'push-shown' }
  /** The browser has ended the push subscription: a page is to make another one and tell the server. */
  | { type: 'push-changed' }

/** Undefined for what is no message of ours. */
export function parseWorkerMessage(data: unknown): WorkerMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { type, room, seq } = data as Record<string, unknown>
  if (type === 'push-changed' || type === 'push-shown') return { type }
  return type === 'open-place' && isId(room) && typeof seq === 'number' ? { type, room, seq } : undefined
}
