import type { AuditRow } from '@chatflow/shared/api/admin'
import type { AuditAction } from '@chatflow/shared/audit'

/** Those whose name does not say it well enough by itself. */
const WORDS: Partial<Record<AuditAction, string>> = {
  'account.registered': 'Opened an account',
  'account.signed_in': 'Signed in',
  'account.sign_in_failed': 'Failed sign-in',
  'account.confirmed': 'Confirmed that it is them',
  'account.confirmation_failed': 'Failed to confirm that it is them',
  'account.email_verified': 'Confirmed the address',
  'account.email_changed': 'Changed the address',
  'account.password_changed': 'Changed the password',
  'account.password_reset': 'Reset the password',
  'account.renamed': 'Changed the name',
  'account.deleted': 'Deleted the account',
  'account.exported': 'Downloaded their data',
  'session.ended': 'Ended a session',
  'session.reused': 'Session used twice, ended for safety',
  'admin.role_changed': 'Changed a role',
  'admin.deactivated': 'Deactivated an account',
  'admin.reactivated': 'Reactivated an account',
  'admin.sessions_ended': 'Signed somebody out everywhere',
  'admin.all_sessions_ended': 'Signed everybody out',
  'admin.second_factor_changed': 'Changed who needs a second step',
  'admin.reset_link': 'Made a link for a new password',
  'admin.registration_changed': 'Changed who may join',
  'admin.link_previews_changed': 'Changed link previews',
  'invitation.created': 'Made an invitation link',
  'invitation.revoked': 'Revoked an invitation link',
  'invitation.used': 'Joined by an invitation link',
  'room.archived': 'Archived a room',
  'room.unarchived': 'Reopened a room',
  'member.removed': 'Removed somebody from a room',
  'member.role_changed': 'Changed a role in a room',
  'message.deleted_by_other': 'Deleted somebody’s message',
}

/** What happened, in a few words; an action that this version does not know, by its name. */
export function actionWords(action: string): string {
  const known = Object.hasOwn(WORDS, action) ? WORDS[action as AuditAction] : undefined
  if (known !== undefined) return known
  const words = action.replaceAll(/[._]/g, ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** The small facts of an entry in one line, like "member → guest". `room`: its name, where known. */
export function auditDetails({ room: id, details }: Pick<AuditRow, 'room' | 'details'>, room: string | undefined): string {
  const { from, to, ...rest } = details
  const parts = Object.entries(rest).map(([name, value]) => `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${String(value)}`)
  if (from !== undefined && to !== undefined) parts.unshift(`${String(from)} → ${String(to)}`)
  if (id !== null) parts.unshift(room === undefined ? `room ${id.slice(-6)}` : `#${room}`)
  return parts.join(' · ')
}
