import type { notifications as english } from '../en/notifications.ts'
import type { Translated } from '../words.ts'

export const notifications: Translated<typeof english> = {
  // the offer
  offer: 'Willst du von neuen Nachrichten erfahren, wenn du woanders bist?',
  turnOn: 'Benachrichtigungen einschalten',
  notNow: 'Nicht jetzt',
  // settings: this device
  onThisDevice: 'Auf diesem Gerät',
  unsupported: 'Dieser Browser kann hier keine Benachrichtigungen zeigen. Auf einem iPhone oder iPad geht es, sobald ChatFlow auf dem Home-Bildschirm liegt.',
  blocked: 'Dein Browser blockiert Benachrichtigungen von ChatFlow. Um sie zu erlauben, öffne links neben der Adresse, was er über diese Seite weiß, und ändere es dort.',
  willAsk: 'Erfahre von neuen Nachrichten, während du etwas anderes ansiehst. Dein Browser fragt dich vorher.',
  here: 'Benachrichtigungen hier zeigen',
  try: 'Zeig mir eine',
  tryText: 'So sieht eine Benachrichtigung aus.',
  push: 'Auch wenn ChatFlow geschlossen ist',
  pushText: 'Was du dann erfährst, geht verschlüsselt über den Push-Dienst deines Browsers.',
  pushUnavailable: 'In diesem Browser kann nichts ankommen, solange ChatFlow geschlossen ist.',
  pushWaiting: 'Wird eingerichtet; dafür braucht es eine Verbindung.',
  pushFailed: 'Der Push-Dienst deines Browsers ist nicht erreichbar oder lehnt ab. Bis dahin erfährst du nur etwas, solange ChatFlow offen ist.',
  // settings: how
  howTheyAre: 'Ton und Text',
  sound: 'Mit Ton',
  hideText: 'Ohne den Text der Nachricht',
  howTheyAreText: 'Ohne den Text sagen sie, wer geschrieben hat und wo. Beides gilt auf allen deinen Geräten.',
  // settings: quiet
  doNotDisturb: 'Nicht stören',
  doNotDisturbText: 'Du erfährst von nichts, auch nicht von Erwähnungen. Was kommt, steht trotzdem in der Liste der Räume. Gilt auf allen deinen Geräten.',
  quietUntil: 'Ruhe bis {{time}}',
  quietUntilDay: 'Ruhe bis {{time}}, {{day}}',
  forHalfAnHour: '30 Minuten lang',
  forAnHour: '1 Stunde lang',
  untilTomorrow: 'Bis morgen, {{time}}',
  endQuiet: 'Jetzt beenden',
  everyWeek: 'Jede Woche Ruhe',
  days: 'Tage, an denen sie beginnt',
  quietFrom: 'Ruhe von',
  quietTo: 'Ruhe bis',
  zone: 'Uhrzeiten in {{zone}}.',
  zoneNextDay: 'Sie endet am nächsten Tag. Uhrzeiten in {{zone}}.',
  useOwnZone: 'Uhrzeit dieses Geräts nehmen ({{zone}})',
  // settings: devices with push
  pushDevices: 'Auch ohne offenes ChatFlow benachrichtigt',
  noPushDevices: 'Keines deiner Geräte.',
  thisDevice: '{{service}}, dieses Gerät',
  pushSince: 'Seit: {{since}}',
  pushSinceAndLast: 'Seit: {{since}}. Zuletzt: {{last}}',
  endPush: 'Beenden',
  endPushOf: 'Beenden für {{name}}',
  endsOnceConnected: 'Vorgemerkt. Dort endet es, sobald du wieder verbunden bist.',
}
