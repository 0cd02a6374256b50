import type { pages as english } from '../en/pages.ts'
import type { Translated } from '../words.ts'

export const pages: Translated<typeof english> = {
  settings: 'Einstellungen',
  settingsBack: 'Zurück zu den Einstellungen',
  settingsClose: 'Einstellungen schließen',
  admin: 'Verwaltung',
  adminBack: 'Zurück zur Verwaltung',
  adminClose: 'Verwaltung schließen',
  reports: 'Meldungen',
  reportsBack: 'Zurück zu den Meldungen',
  reportsClose: 'Meldungen schließen',
  scheduled: 'Geplant',
  scheduledBack: 'Zurück zu Geplantem',
  scheduledClose: 'Geplantes schließen',
  scheduledMessages: 'Geplante Nachrichten',
  // before and beside the app: the document itself, and what a device shows of an installed app
  description: 'Team-Chat, in dem du auch ohne Netz lesen und schreiben kannst.',
  noScript: 'ChatFlow braucht JavaScript. Erlaube es deinem Browser für diese Seite und lade sie neu.',
  backToChat: 'Zurück zum Chat',
}
