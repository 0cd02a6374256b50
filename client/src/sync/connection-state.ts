import type { ErrorCode } from '@chatflow/shared/errors'

/** State of the connection to the servers. Never disables a control. */
export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** `since`: ms since the epoch; the bar shows after 3 s. */
  | { state: 'offline'; since: number }
  /** The session has ended: local data stays readable, what is written waits for signing in again. */
  | { state: 'needs-sign-in' }
  /** The server refuses this client for good (`protocol_unsupported`, `account_disabled`), or until a second factor is set up (`second_factor_missing`). */
  | { state: 'refused'; code: ErrorCode }
