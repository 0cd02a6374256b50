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
