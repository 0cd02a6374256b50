import { AUDIT_ACTIONS, type AuditFacts } from '@chatflow/shared/audit'
import { REPORT_OUTCOMES } from '@chatflow/shared/reports'
import { GLOBAL_ROLES, ROOM_ROLES } from '@chatflow/shared/roles'
import { afterEach, expect, it } from 'vitest'
import { chooseLanguage } from '../i18n/language.ts'
import { actionWords, auditDetails } from './audit-words.ts'

afterEach(() => chooseLanguage('system'))

const id = '0197a000-0000-7000-8000-0000000abcde'
/** One of each kind that has facts; the type makes it complete. */
const SAMPLES: { [Action in keyof AuditFacts]: [facts: AuditFacts[Action], german: string] } = {
  'account.registered': [{ role: 'guest' }, 'Rolle: Gast'],
  'account.signed_in': [{ factors: 'password+totp' }, 'mit Passwort und App-Code'],
  'account.confirmed': [{ factors: 'password+recovery' }, 'mit Passwort und Wiederherstellungscode'],
  'account.sign_in_failed': [{ factor: 'passkey' }, 'mit Passkey'],
  'account.confirmation_failed': [{ factor: 'password' }, 'mit Passwort'],
  'account.renamed': [{ displayName: true, username: false }, 'Anzeigename'],
  'account.deleted': [{ messages: 'keep' }, 'Nachrichten behalten'],
  'session.ended': [{ reason: 'too_many' }, 'zu viele Sitzungen'],
  'passkey.added': [{ passkey: id }, 'Passkey 0abcde'],
  'passkey.removed': [{ passkey: id }, 'Passkey 0abcde'],
  'admin.role_changed': [{ from: 'member', to: 'admin' }, 'Mitglied → Admin'],
  'admin.deactivated': [{ sessions: 1 }, '1 Sitzung beendet'],
  'admin.reactivated': [{ sessions: 0 }, ''],
  'admin.sessions_ended': [{ sessions: 2 }, '2 Sitzungen beendet'],
  'admin.all_sessions_ended': [{ sessions: 1_200 }, '1.200 Sitzungen beendet'],
  'admin.registration_changed': [{ from: 'open', to: 'closed' }, 'Alle → Niemand'],
  'admin.link_previews_changed': [{ from: 'off', to: 'on' }, 'Aus → An'],
  'admin.second_factor_changed': [{ from: 'nobody', to: 'everyone' }, 'Wer möchte → Alle'],
  'invitation.created': [{ role: 'member', uses: 1, expiresInHours: 168 }, 'Rolle: Mitglied · für 1 Person · für 7 Tage'],
  'invitation.revoked': [{ invitations: 2 }, '2 Links'],
  'member.banned': [{ wasMember: false }, 'war kein Mitglied'],
  'member.role_changed': [{ from: 'reader', to: 'owner', because: 'owner_deleted' }, 'Liest nur → Besitzer:in · das besitzende Konto wurde gelöscht'],
  'message.deleted_by_other': [{ seq: 1_234, author: id }, 'Nachricht Nr. 1.234 · Geschrieben von 0abcde'],
  'notes.restored': [{ version: id }, 'Version 0abcde'],
  'report.made': [{ reason: 'abuse' }, 'Beleidigung'],
  'report.resolved': [{ outcome: 'warned' }, 'Person angeschrieben'],
  'report.message_viewed': [{ message: id }, 'Nachricht 0abcde'],
}
const details = (facts: object) => auditDetails({ room: null, details: facts as Record<string, string | number | boolean> }, undefined)

it('every fact of an entry is said in the language of the screen', async () => {
  expect(details(SAMPLES['invitation.created'][0])).toBe('Role: Member · for 1 person · for 7 days')
  await chooseLanguage('de')
  expect(Object.entries(SAMPLES).map(([action, [facts]]) => `${action}: ${details(facts)}`)).toEqual(Object.entries(SAMPLES).map(([action, [, german]]) => `${action}: ${german}`))
})

it('no action and no code of a role or an outcome is left as the log writes it', async () => {
  await chooseLanguage('de')
  for (const action of AUDIT_ACTIONS) expect(actionWords(action)).not.toMatch(/[._]/)
  for (const to of [...GLOBAL_ROLES, ...ROOM_ROLES]) expect(details({ from: 'x', to }).split(' → ')[1]).not.toBe(to)
  for (const outcome of REPORT_OUTCOMES) expect(details({ outcome })).not.toBe(outcome)
})

it('what a newer server wrote is shown as it stands in the log, and never read as a text', () => {
  expect(details({ from: 'x', to: 'y', tideTable: 3, role: 'captain', sessions: 'many', constructor: 'z' })).toBe('x → y · tide table: 3 · Role: captain · sessions: many · constructor: z')
  expect(details({ factors: 'password+<b>{{count}}</b>' })).toBe('by password and <b>{{count}}</b>')
  expect(actionWords('future.thing_done')).toBe('Future thing done')
})
