import type { MessagesAfterDeletion } from './api/account.ts'
import type { RegistrationMode, SecondFactorRule } from './api/admin.ts'
import type { ReportOutcome, ReportReason } from './reports.ts'
import type { GlobalRole, RoomRole } from './roles.ts'

/** What the audit log records (docs/PROTOCOL.md, "Audit log"): `area.what`. */
export const AUDIT_ACTIONS = [
  'account.registered', 'account.signed_in', 'account.sign_in_failed', 'account.confirmed', 'account.confirmation_failed', 'account.email_verified', 'account.email_change_asked', 'account.email_changed', 'account.password_changed', 'account.password_reset',
  'account.renamed', 'account.deleted', 'account.exported',
  'session.ended', 'session.reused',
  'two_factor.enabled', 'two_factor.disabled', 'two_factor.recovery_used', 'two_factor.recovery_renewed', 'passkey.added', 'passkey.removed',
  'admin.role_changed', 'admin.deactivated', 'admin.reactivated', 'admin.sessions_ended', 'admin.all_sessions_ended', 'admin.reset_link', 'admin.registration_changed', 'admin.link_previews_changed', 'admin.second_factor_changed',
  'invitation.created', 'invitation.revoked', 'invitation.used',
  'room.archived', 'room.unarchived', 'member.removed', 'member.banned', 'member.unbanned', 'member.role_changed',
  'message.deleted_by_other', 'notes.restored', 'report.made', 'report.resolved', 'report.message_viewed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What somebody showed, or failed to show, to be who they are. A passkey alone is two factors in one. */
export type Factor = 'password' | 'totp' | 'passkey' | 'recovery'

/**
 * The small facts of those actions that have some: codes, numbers and ids, which the client puts into words. A fact that is not here cannot be written, and one that is here
 * without words in the client fails its type check. Never bodies, tokens, passwords, names or addresses: the log is for ever.
 */
export interface AuditFacts {
  'account.registered': { role: GlobalRole }
  /** `factors`: each a `Factor`, with "+" between them. */
  'account.signed_in': { factors: string }
  'account.confirmed': { factors: string }
  'account.sign_in_failed': { factor: Factor }
  'account.confirmation_failed': { factor: Factor }
  /** Which of them are others now. */
  'account.renamed': { displayName: boolean; username: boolean }
  'account.deleted': { messages: MessagesAfterDeletion }
  /** Left out: somebody ended it. */
  'session.ended': { reason?: 'too_many' | 'too_old' }
  'passkey.added': { passkey: string }
  'passkey.removed': { passkey: string }
  'admin.role_changed': { from: GlobalRole; to: GlobalRole }
  /** `sessions`: how many ended with it. */
  'admin.deactivated': { sessions: number }
  'admin.reactivated': { sessions: number }
  'admin.sessions_ended': { sessions: number }
  'admin.all_sessions_ended': { sessions: number }
  'admin.registration_changed': { from: RegistrationMode; to: RegistrationMode }
  'admin.link_previews_changed': { from: 'on' | 'off'; to: 'on' | 'off' }
  'admin.second_factor_changed': { from: SecondFactorRule; to: SecondFactorRule }
  'invitation.created': { role: GlobalRole; uses: number; expiresInHours: number }
  /** `invitations`: how many at once, with the rights of an administrator. */
  'invitation.revoked': { invitations?: number }
  'member.banned': { wasMember: boolean }
  /** `because`: nobody did it, it follows from something else. */
  'member.role_changed': { from: RoomRole; to: RoomRole; because?: 'owner_deleted' }
  'message.deleted_by_other': { seq: number; author: string }
  'notes.restored': { version: string }
  'report.made': { reason: ReportReason }
  'report.resolved': { outcome: ReportOutcome }
  'report.message_viewed': { message: string }
}
