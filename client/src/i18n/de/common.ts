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
  language: 'Sprache',
  languageOfBrowser: 'Automatisch',
}
