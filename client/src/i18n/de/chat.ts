import type { chat as english } from '../en/chat.ts'
import type { Translated } from '../words.ts'

export const chat: Translated<typeof english> = {
  roomsRead_one: '{{count}} Raum ist als gelesen markiert.',
  roomsRead_other: '{{count}} Räume sind als gelesen markiert.',
  allRead: 'Alles ist schon gelesen.',
  undo: 'Rückgängig',
  storeFull: 'Auf diesem Gerät ist kein Platz mehr.',
  storeFailed: 'Dieses Gerät konnte es nicht speichern.',
  notConfirmed: 'Nichts wurde geändert, weil du nicht bestätigt hast, dass du es bist.',
  passkeyDeclined: 'Es wurde kein Passkey benutzt. Versuch es noch einmal oder geh einen anderen Weg.',
  offline: 'Der Server ist nicht erreichbar.',
  unknownPerson: 'Unbekannte Person',
  deletedUser: 'Gelöschtes Konto',
  directConversation: 'Direktnachricht',
  room: 'Raum',
}
