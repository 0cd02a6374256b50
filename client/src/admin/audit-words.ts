import type { AuditRow } from '@chatflow/shared/api/admin'
import type { AuditAction } from '@chatflow/shared/audit'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { factsInWords } from './audit-facts.ts'

const WORDS: Record<AuditAction, PlainKey> = {
  'account.registered': 'audit.accountRegistered',
  'account.signed_in': 'audit.accountSignedIn',
  'account.sign_in_failed': 'audit.accountSignInFailed',
  'account.confirmed': 'audit.accountConfirmed',
  'account.confirmation_failed': 'audit.accountConfirmationFailed',
  'account.email_verified': 'audit.accountEmailVerified',
  'account.email_changed': 'audit.accountEmailChanged',
  'account.password_changed': 'audit.accountPasswordChanged',
  'account.password_reset': 'audit.accountPasswordReset',
  'account.renamed': 'audit.accountRenamed',
  'account.deleted': 'audit.accountDeleted',
  'account.exported': 'audit.accountExported',
  'session.ended': 'audit.sessionEnded',
  'session.reused': 'audit.sessionReused',
  'admin.role_changed': 'audit.adminRoleChanged',
  'admin.deactivated': 'audit.adminDeactivated',
  'admin.reactivated': 'audit.adminReactivated',
  'admin.sessions_ended': 'audit.adminSessionsEnded',
  'admin.all_sessions_ended': 'audit.adminAllSessionsEnded',
  'admin.second_factor_changed': 'audit.adminSecondFactorChanged',
  'admin.reset_link': 'audit.adminResetLink',
  'admin.registration_changed': 'audit.adminRegistrationChanged',
  'admin.link_previews_changed': 'audit.adminLinkPreviewsChanged',
  'invitation.created': 'audit.invitationCreated',
  'invitation.revoked': 'audit.invitationRevoked',
  'invitation.used': 'audit.invitationUsed',
  'room.archived': 'audit.roomArchived',
  'room.unarchived': 'audit.roomUnarchived',
  'member.removed': 'audit.memberRemoved',
  'member.role_changed': 'audit.memberRoleChanged',
  'account.email_change_asked': 'audit.accountEmailChangeAsked',
  'two_factor.enabled': 'audit.twoFactorEnabled',
  'two_factor.disabled': 'audit.twoFactorDisabled',
  'two_factor.recovery_used': 'audit.twoFactorRecoveryUsed',
  'two_factor.recovery_renewed': 'audit.twoFactorRecoveryRenewed',
  'passkey.added': 'audit.passkeyAdded',
  'passkey.removed': 'audit.passkeyRemoved',
  'member.banned': 'audit.memberBanned',
  'member.unbanned': 'audit.memberUnbanned',
  'report.made': 'audit.reportMade',
  'report.resolved': 'audit.reportResolved',
  'report.message_viewed': 'audit.reportMessageViewed',
  'notes.restored': 'audit.notesRestored',
  'message.deleted_by_other': 'audit.messageDeletedByOther',
}

/** What happened, in a few words; an action that this version does not know, by its name. */
export function actionWords(action: string): string {
  const known = Object.hasOwn(WORDS, action) ? WORDS[action as AuditAction] : undefined
  if (known !== undefined) return t(known)
  const words = action.replaceAll(/[._]/g, ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The small facts of an entry in one line, like "#harbour · Member → Guest". `room`: its name, where known. */
export function auditDetails({ room: id, details }: Pick<AuditRow, 'room' | 'details'>, room: string | undefined): string {
  const place = id === null ? [] : [room === undefined ? t('admin.roomById', { id: id.slice(-6) }) : `#${room}`]
  return [...place, ...factsInWords(details)].join(' · ')
}
