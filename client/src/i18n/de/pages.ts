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
  backToChat: 'Zurück zum Chat',
}
