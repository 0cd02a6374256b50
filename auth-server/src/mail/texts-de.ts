import type { SecurityChange } from '@chatflow/server-kit/jobs/job-types'
import { changeIn, onDevice } from './mail-text.ts'
import type { MailTexts } from './mail-text.ts'

const NOT_YOU = 'Wenn du das nicht warst, lege über „Passwort vergessen?“ auf der Anmeldeseite ein neues Passwort fest und sag der Verwaltung Bescheid.'
/** Who does not have the address any more cannot get a link sent there. */
const NOT_YOU_HERE = 'Wenn du das nicht warst, sag sofort der Verwaltung Bescheid: Ein Link für ein neues Passwort würde dich nicht mehr erreichen.'
const IGNORE = 'Wenn du das nicht wolltest, musst du nichts tun: Ohne den Link geschieht nichts.'

const CHANGES: Record<SecurityChange, (name: string) => string> = {
  app_set_up: () => 'Eine Authenticator-App wurde eingerichtet',
  app_removed: () => 'Die Authenticator-App wurde entfernt',
  passkey_added: (name) => `Der Passkey „${name}“ wurde hinzugefügt`,
  passkey_removed: (name) => `Der Passkey „${name}“ wurde entfernt`,
  codes_made: () => 'Neue Wiederherstellungscodes wurden erstellt, und die alten gelten nicht mehr',
  code_used_to_sign_in: () => 'Mit einem Wiederherstellungscode wurde angemeldet',
  code_used_to_confirm: () => 'Mit einem Wiederherstellungscode wurde eine Änderung bestätigt',
}

export const GERMAN: MailTexts = {
  greeting: (name) => `Hallo ${name},`,
  texts: {
    email_verify: () => ({
      subject: 'Bestätige deine E-Mail-Adresse',
      before: ['Willkommen bei ChatFlow. Bitte bestätige, dass das deine Adresse ist.'],
      action: { label: 'Meine Adresse bestätigen', kind: 'verify_email' },
      after: ['Der Link gilt einmal, für 24 Stunden.', 'Wenn du kein Konto erstellt hast, musst du nichts tun.'],
    }),
    email_change: () => ({
      subject: 'Bestätige deine neue E-Mail-Adresse',
      before: ['Du willst diese Adresse für dein ChatFlow-Konto verwenden. Sie gilt, sobald du sie bestätigst.'],
      action: { label: 'Diese Adresse verwenden', kind: 'change_email' },
      after: ['Der Link gilt einmal, für 24 Stunden.', IGNORE],
    }),
    email_changed: () => ({
      subject: 'Deine E-Mail-Adresse wurde geändert',
      before: ['Dein ChatFlow-Konto hat eine neue E-Mail-Adresse. E-Mails gehen von jetzt an dorthin und nicht mehr an diese.'],
      after: [NOT_YOU_HERE],
    }),
    address_taken: () => ({
      subject: 'Deine Adresse wurde für ein anderes Konto eingegeben',
      before: ['Jemand wollte diese Adresse für ein ChatFlow-Konto verwenden. Sie ist schon deine, deshalb wurde nichts geändert.'],
      after: ['Wenn du das warst: Melde dich mit dieser Adresse an, oder nimm für das andere Konto eine andere.'],
    }),
    password_reset: () => ({
      subject: 'Neues Passwort festlegen',
      before: ['Mit diesem Link legst du ein neues Passwort fest. Du wirst dabei auf allen Geräten abgemeldet.'],
      action: { label: 'Neues Passwort festlegen', kind: 'reset_password' },
      after: ['Der Link gilt einmal, für 30 Minuten.', IGNORE],
    }),
    password_changed: () => ({
      subject: 'Dein Passwort wurde geändert',
      before: ['Das Passwort deines ChatFlow-Kontos wurde geändert, und die anderen Geräte wurden abgemeldet.'],
      after: [NOT_YOU],
    }),
    session_reused: (facts) => ({
      subject: 'Eine Sitzung wurde zur Sicherheit beendet',
      before: [`Eine Anmeldung von dir${onDevice(facts, 'auf')} wurde an zwei Orten zugleich benutzt. Das kann heißen, dass jemand sie kopiert hat; deshalb wurde sie beendet. Andere Geräte bleiben angemeldet.`],
      after: ['Melde dich wieder an, wo du es brauchst. Wenn du keine Daten zwischen Geräten übertragen hast, ändere dein Passwort.'],
    }),
    security_changed: (facts) => ({ subject: 'Die Sicherheit deines Kontos wurde geändert', before: [`Geändert: ${changeIn(CHANGES, facts) || 'eine Einstellung'}.`], after: [NOT_YOU] }),
    account_deleted: () => ({ subject: 'Dein Konto wurde gelöscht', before: ['Dein ChatFlow-Konto wurde gelöscht.'], after: ['Wenn du das nicht warst, sag der Verwaltung Bescheid.'] }),
  },
}
