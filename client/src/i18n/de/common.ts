import type { common as english } from '../en/common.ts'
import type { Translated } from '../words.ts'

export const common: Translated<typeof english> = {
  back: 'Zurück',
  cancel: 'Abbrechen',
  close: 'Schließen',
  save: 'Speichern',
  saved: 'Gespeichert.',
  today: 'Heute',
  yesterday: 'Gestern',
  tryAgain: 'Noch einmal versuchen',
  others_one: '{{count}} weitere Person',
  others_other: '{{count}} weitere',
  edit: 'Bearbeiten',
  remove: 'Entfernen',
  delete: 'Löschen',
  retry: 'Noch einmal',
  discard: 'Verwerfen',
  showMore: 'Mehr anzeigen',
  notKept: 'Das konnte auf deinem Gerät nicht gespeichert werden. Versuch es noch einmal.',
  messageDeleted: 'Nachricht gelöscht',
  messageDirectly: 'Direktnachricht schreiben',
  unpin: 'Loslösen',
  online: 'online',
  away: 'abwesend',
  language: 'Sprache',
  languageOfBrowser: 'Automatisch',
}
