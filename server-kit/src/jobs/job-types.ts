import type { Id } from '@chatflow/shared/ids'
import type { Language } from '@chatflow/shared/languages'

/** `security_changed` tells of what `facts.what` names, of a passkey with its `facts.name`. */
export type MailTemplate =
  | 'email_verify' | 'email_change' | 'email_changed' | 'password_reset' | 'password_changed' | 'session_reused' | 'security_changed' | 'account_deleted'

/** What can change in how one signs in. */
export type SecurityChange = 'app_set_up' | 'app_removed' | 'passkey_added' | 'passkey_removed' | 'codes_made' | 'code_used_to_sign_in' | 'code_used_to_confirm'

/**
 * Every kind of job and what it carries. Payloads hold ids and words, never secrets: a token that a mail carries is made when the mail is sent,
 * so that the database never holds it in clear.
 */
export interface JobTypes {
  /**
   * A mail to the account's address, or for `email_change` to the new one that waits for being confirmed. `to`: an address that the account had, and may
   * have lost by the time of sending. Done by auth-server. `facts`: words of the text.
   */
  mail: { user: Id; template: MailTemplate; facts?: Record<string, string>; to?: string }
  /** Somebody who has forgotten a password says this is their address. Whether it is anybody's is looked up by auth-server's worker, not by the request. */
  'password.forgot': { email: string }
  /** The person chose a language: mails are in it from now on. Done by auth-server. */
  'language.changed': { user: Id; language: Language }
  /** The account's name, picture or state changed: documents that show it follow. Done by sync-server. */
  'account.changed': { user: Id }
  /** The person's status, or what others may know of their reading, is another: rooms and people that show it follow. Done by sync-server. */
  'settings.changed': { user: Id }
  /** The account is gone: it leaves its rooms, and its messages stay under "Deleted user" or go too. Done by sync-server. */
  'account.deleted': { user: Id; messages: 'keep' | 'remove' }
  /** The message has links that may get a preview. `tries`: how often it has been looked. Done by sync-server. */
  'message.previews': { room: Id; message: Id; tries?: number }
}
export type JobType = keyof JobTypes

/** What of a payload is removed when the job is given up and its row is kept for the operator: addresses of people. */
export const REMOVED_FROM_GIVEN_UP: readonly string[] = ['to', 'email']
