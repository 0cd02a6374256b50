import type { SecondFactorChallenge } from './api/second-factor.ts'
import type { FieldProblem } from './field-problems.ts'
import type { QueryProblem } from './search/query.ts'

/**
 * The one table of error codes. Every refusal that a person, a bot or an operator can meet has its row here;
 * `docs/PROTOCOL.md` lists the same codes and a test holds the two together.
 *
 * status: HTTP status where the error answers a request (also used to class rejections of commands).
 * level: log level it deserves. Bad input warns at most; `error` is a fault of ours.
 * title: a sentence for people; stable enough to show, never matched on.
 */
export const ERRORS = {
  // input
  invalid_input: { status: 400, level: 'info', title: 'The request is not of the expected form.' },
  invalid_json: { status: 400, level: 'info', title: 'The body is not valid JSON.' },
  unsupported_media_type: { status: 415, level: 'info', title: 'The body must be JSON.' },
  request_timeout: { status: 408, level: 'info', title: 'The request took too long to arrive.' },
  headers_too_large: { status: 431, level: 'info', title: 'The headers of the request are too large.' },
  host_unknown: { status: 421, level: 'warn', title: 'This server does not answer for that host.' },
  body_too_large: { status: 413, level: 'info', title: 'The body is too large.' },
  not_found: { status: 404, level: 'info', title: 'There is nothing here.' },
  method_not_allowed: { status: 405, level: 'info', title: 'This method is not offered here.' },
  rate_limited: { status: 429, level: 'info', title: 'Too many requests. Try again later.' },
  cross_site_refused: { status: 403, level: 'warn', title: 'Requests from other sites are refused.' },
  origin_refused: { status: 403, level: 'warn', title: 'Connections from this origin are refused.' },
  // identity
  unauthenticated: { status: 401, level: 'info', title: 'Sign in first.' },
  token_expired: { status: 401, level: 'info', title: 'The access token has expired.' },
  session_ended: { status: 401, level: 'info', title: 'This session has ended. Sign in again.' },
  refresh_reused: { status: 401, level: 'warn', title: 'This session was used twice and has been ended for safety.' },
  wrong_credentials: { status: 401, level: 'info', title: 'The name or the password is wrong.' },
  email_taken: { status: 409, level: 'info', title: 'This email address is already in use.' },
  username_taken: { status: 409, level: 'info', title: 'This username is already in use.' },
  username_invalid: { status: 400, level: 'info', title: 'A username has 2 to 32 letters, digits, dots, dashes or underscores.' },
  email_invalid: { status: 400, level: 'info', title: 'This is not an email address.' },
  display_name_invalid: { status: 400, level: 'info', title: 'A display name has 1 to 64 characters.' },
  password_too_short: { status: 400, level: 'info', title: 'A password has at least 10 characters.' },
  password_too_long: { status: 400, level: 'info', title: 'A password has at most 72 bytes.' },
  password_common: { status: 400, level: 'info', title: 'This password is on the list of common passwords.' },
  password_personal: { status: 400, level: 'info', title: 'This password is little more than a name that others know.' },
  password_unchanged: { status: 400, level: 'info', title: 'The new password is the one you have.' },
  token_invalid: { status: 400, level: 'info', title: 'This link is no longer valid. Ask for a new one.' },
  account_disabled: { status: 403, level: 'info', title: 'This account has been deactivated.' },
  // second factors
  second_factor_required: { status: 401, level: 'info', title: 'A second step is needed to sign in.' },
  second_factor_wrong: { status: 401, level: 'info', title: 'This code is wrong or has been used.' },
  ticket_invalid: { status: 401, level: 'info', title: 'This sign-in took too long or failed too often. Begin again.' },
  passkey_refused: { status: 401, level: 'info', title: 'This passkey was not accepted.' },
  totp_enabled: { status: 409, level: 'info', title: 'An authenticator app is set up already.' },
  totp_not_enabled: { status: 409, level: 'info', title: 'No authenticator app is being set up or in use.' },
  no_second_factor: { status: 409, level: 'info', title: 'Recovery codes need an authenticator app or a passkey first.' },
  too_many_passkeys: { status: 409, level: 'info', title: 'This account has the most passkeys it can have.' },
  second_factor_missing: { status: 403, level: 'info', title: 'Set up an authenticator app or a passkey first: it is required here.' },
  last_second_factor: { status: 409, level: 'info', title: 'A second step is required here, so the last one stays. Set up another one first.' },
  confirmation_required: { status: 403, level: 'info', title: 'Confirm that it is you first.' },
  // joining and administration
  registration_closed: { status: 403, level: 'info', title: 'New accounts are not possible here at present.' },
  invitation_required: { status: 403, level: 'info', title: 'A new account needs an invitation here.' },
  invitation_invalid: { status: 400, level: 'info', title: 'This invitation is not valid, or not any more.' },
  // the own account
  image_invalid: { status: 400, level: 'info', title: 'This is not a picture that can be used. PNG, JPEG and WebP of up to 40 megapixels can.' },
  image_too_large: { status: 413, level: 'info', title: 'A picture has at most 5 MB.' },
  file_infected: { status: 422, level: 'warn', title: 'The virus scanner found something in this file. It was not kept.' },
  scanner_unavailable: { status: 503, level: 'warn', title: 'Files cannot be checked right now. Try again later.' },
  last_admin: { status: 409, level: 'info', title: 'The server needs at least one active administrator.' },
  // rights
  forbidden: { status: 403, level: 'info', title: 'You may not do this.' },
  email_unverified: { status: 403, level: 'info', title: 'Confirm your email address first.' },
  not_a_member: { status: 403, level: 'info', title: 'You are not a member of this room.' },
  // commands
  invalid_command: { status: 400, level: 'info', title: 'The command is not of the expected form.' },
  unknown_command_type: { status: 400, level: 'info', title: 'The server does not know this type of command.' },
  command_id_taken: { status: 409, level: 'warn', title: 'This command id belongs to someone else.' },
  command_held: { status: 503, level: 'info', title: 'The server does not know this version of the command yet. It is kept for later.' },
  text_empty: { status: 400, level: 'info', title: 'A message needs text or a file.' },
  text_too_long: { status: 400, level: 'info', title: 'A message has at most 16,000 characters.' },
  room_not_found: { status: 404, level: 'info', title: 'There is no such room.' },
  room_exists: { status: 409, level: 'info', title: 'This room exists already.' },
  room_archived: { status: 409, level: 'info', title: 'This room is archived.' },
  room_id_mismatch: { status: 400, level: 'info', title: 'The id of a direct conversation follows from its members.' },
  dm_members_fixed: { status: 409, level: 'info', title: 'The members of a direct conversation never change.' },
  last_owner: { status: 409, level: 'info', title: 'A room needs at least one owner.' },
  message_not_found: { status: 404, level: 'info', title: 'There is no such message in this room.' },
  message_deleted: { status: 409, level: 'info', title: 'The message has been deleted.' },
  user_not_found: { status: 404, level: 'info', title: 'There is no such user.' },
  file_not_found: { status: 404, level: 'info', title: 'There is no such file.' },
  too_many_reactions: { status: 409, level: 'info', title: 'This message has the most reactions it can have.' },
  too_many_pins: { status: 409, level: 'info', title: 'This room has the most pins it can have.' },
  // moderation
  banned: { status: 403, level: 'info', title: 'Banned from this room until the ban is lifted.' },
  report_not_found: { status: 404, level: 'info', title: 'There is no such report.' },
  report_resolved: { status: 409, level: 'info', title: 'Someone has dealt with this report already.' },
  scheduled_not_found: { status: 404, level: 'info', title: 'This message is not scheduled any more: it has been sent or cancelled.' },
  too_many_scheduled: { status: 409, level: 'info', title: 'You have 100 messages scheduled, which is the most.' },
  schedule_too_far: { status: 400, level: 'info', title: 'A message can be scheduled for a year ahead at most.' },
  too_many_reports: { status: 409, level: 'info', title: 'You have reported as much here as one person can before it is looked at.' },
  push_subscription_invalid: { status: 400, level: 'info', title: 'This is not a subscription for push messages that can be used.' },
  version_not_found: { status: 404, level: 'info', title: 'There is no such version any more.' },
  depends_on: { status: 409, level: 'info', title: 'It depends on something that was not accepted.' },
  // search
  search_query_invalid: { status: 400, level: 'info', title: 'This search cannot be understood.' },
  search_too_slow: { status: 503, level: 'warn', title: 'This search took too long. Ask for something rarer, or for fewer rooms.' },
  // documents and sockets
  document_unknown: { status: 404, level: 'info', title: 'There is no such document.' },
  document_gone: { status: 410, level: 'info', title: 'This part of the room is not available.' },
  document_too_large: { status: 413, level: 'warn', title: 'The document has grown beyond its limit.' },
  update_refused: { status: 400, level: 'warn', title: 'The update is not of the allowed form.' },
  too_many_documents: { status: 429, level: 'warn', title: 'Too many documents on one connection.' },
  too_many_sockets: { status: 429, level: 'warn', title: 'Too many connections.' },
  protocol_unsupported: { status: 426, level: 'info', title: 'This version of the app is too old. Reload to update.' },
  // server
  shutting_down: { status: 503, level: 'info', title: 'The server is restarting.' },
  unavailable: { status: 503, level: 'warn', title: 'The service is not available right now.' },
  internal: { status: 500, level: 'error', title: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; level: 'info' | 'warn' | 'error'; title: string }>

export type ErrorCode = keyof typeof ERRORS

/** An error with a code of the table. `detail` may be shown to people; it never contains bodies, tokens or addresses. */
export class CodedError extends Error {
  readonly code: ErrorCode
  readonly detail: string | undefined
  /** Seconds after which a retry makes sense (sent as `Retry-After`). */
  readonly retryAfter: number | undefined
  constructor(code: ErrorCode, detail?: string, retryAfter?: number) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'CodedError'
    this.code = code
    this.detail = detail
    this.retryAfter = retryAfter
  }
}

/** What the problems of some codes carry besides ("extension members" of RFC 9457). */
export interface ProblemExtensions {
  second_factor_required: SecondFactorChallenge
  search_query_invalid: QueryProblem
}

/** An error whose answer carries what its code says in `ProblemExtensions`; it never reaches a log. */
export class ExtendedError<C extends keyof ProblemExtensions = keyof ProblemExtensions> extends CodedError {
  readonly extension: ProblemExtensions[C]
  constructor(code: C, extension: ProblemExtensions[C]) {
    super(code)
    this.extension = extension
  }
}

/** RFC 9457 problem details, the body of every error answer (`application/problem+json`). */
export interface Problem {
  type: string
  title: string
  status: number
  code: ErrorCode
  detail?: string
  /** Fields that are wrong, each with a sentence for logs and for whoever writes a program. */
  fields?: Record<string, string>
  /** The same fields, each with a code and its limit, for clients that say it in their own words. */
  wrong?: Record<string, FieldProblem>
}

/** A wrong field in both ways. */
export interface WrongField extends FieldProblem {
  says: string
}

/** The problem document of a code; the answer's status is `problem.status`. */
export function problem(code: ErrorCode, detail?: string, fields?: Record<string, WrongField>): Problem {
  const row = ERRORS[code]
  return {
    type: `urn:chatflow:error:${code}`,
    title: row.title,
    status: row.status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(fields === undefined ? {} : { fields: mapValues(fields, ({ says }) => says), wrong: mapValues(fields, ({ code: wrong, limit }) => ({ code: wrong, ...(limit === undefined ? {} : { limit }) })) }),
  }
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value)
}
