import type { notifications as english } from '../en/notifications.ts'
import type { Translated } from '../words.ts'

export const notifications: Translated<typeof english> = {
  // a notification of the system
  titleOfMany_one: '{{place}} ({{count}} neue)',
  titleOfMany_other: '{{place}} ({{count}} neue)',
  textBy: '{{name}}: {{text}}',
  hiddenText: 'Neue Nachricht',
  hiddenTextBy: 'Neue Nachricht von {{name}}',
  tryText: 'So sieht eine Benachrichtigung aus.',
  // the offer
  offer: 'Möchtest du von neuen Nachrichten erfahren, wenn du gerade woanders bist?',
  turnOn: 'Benachrichtigungen einschalten',
  notNow: 'Nicht jetzt',
}
