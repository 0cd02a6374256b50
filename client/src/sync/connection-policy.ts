import { isErrorCode, type ErrorCode } from '@chatflow/shared/errors'

/** What follows on the loss of a socket. */
export type AfterClose =
  | { next: 'reconnect'; delay: Delay }
  /** The access token is no longer good: get a new one, then reconnect. */
  | { next: 'refresh' }
  | { next: 'refused'; code: ErrorCode }

/** now: at once; jitter: spread over 1 s, so that a restarted server is not stormed; backoff: doubling, at most 30 s. */
export type Delay = 'now' | 'jitter' | 'backoff'

/** Maps the close code of a socket (docs/PROTOCOL.md) to what this client does next. */
export function afterClose(code: number): AfterClose {
  switch (code) {
    case 1012:
      return { next: 'reconnect', delay: 'jitter' }
    case 4401:
      return { next: 'refresh' }
    case 4403:
      return { next: 'reconnect', delay: 'now' }
    case 4406:
      return { next: 'refused', code: 'protocol_unsupported' }
    default:
      return { next: 'reconnect', delay: 'backoff' }
  }
}

/** What follows when the server does not open a document. */
export type AfterRefusal =
  | { next: 'refresh' }
  | { next: 'refused'; code: ErrorCode }
  /** The document is not there for this user (now). */
  | { next: 'gone'; code: ErrorCode }
  | { next: 'retry' }

/** The document itself is not the matter: the session has ended, or this client is not wanted. */
export type SessionRefusal = Extract<AfterRefusal, { next: 'refresh' | 'refused' }>

const FINAL: readonly ErrorCode[] = ['protocol_unsupported', 'account_disabled']
const NO_RIGHT: readonly ErrorCode[] = ['forbidden', 'not_a_member']

/**
 * Maps the reason of a refused document: `auth:<code>`, `gone:<code>`, `retry:<code>`.
 * Anything else (a failed load, a newer server's reason) is tried again.
 */
export function afterRefusal(reason: string): AfterRefusal {
  const colon = reason.indexOf(':')
  const kind = reason.slice(0, Math.max(colon, 0))
  const named = reason.slice(colon + 1)
  const code: ErrorCode | undefined = isErrorCode(named) ? named : undefined
  if (kind === 'gone') return { next: 'gone', code: code ?? 'document_gone' }
  if (kind !== 'auth') return { next: 'retry' }
  if (code !== undefined && FINAL.includes(code)) return { next: 'refused', code }
  if (code !== undefined && NO_RIGHT.includes(code)) return { next: 'gone', code }
  return { next: 'refresh' }
}

/** ms to wait before the next try. `attempt` counts failures in a row from 0; `random` is 0..1. */
export function delayMs(delay: Delay, attempt: number, random: number): number {
  if (delay === 'now' && attempt === 0) return 0
  if (delay === 'jitter' && attempt === 0) return Math.round(random * 1_000)
  const ceiling = Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + random * (ceiling / 2))
}
