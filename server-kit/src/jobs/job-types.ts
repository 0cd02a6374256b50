import type { Id } from '@chatflow/shared/ids'

/**
 * Every kind of job and what it carries. Payloads hold ids and words, never secrets: a token that a mail carries is made when the mail is sent,
 * so that the database never holds it in clear.
 */
export interface JobTypes {
  /** The account's name, picture or state changed: documents that show it follow. Done by sync-server. */
  'account.changed': { user: Id }
}
export type JobType = keyof JobTypes
