import type { forward as english } from '../en/forward.ts'
import type { Translated } from '../words.ts'

export const forward: Translated<typeof english> = {
  title: 'Nachricht weiterleiten',
  to: 'An',
  toWhom: 'An {{name}}',
  hint: 'Ein Raum oder eine Person',
  roomsAndPeople: 'Räume und Personen',
  nothingCalled: 'Nichts hier heißt „{{query}}“.',
  change: 'Ändern',
  comment: 'Kommentar',
  optional: 'Freiwillig',
  tooLong: 'Mit diesem Kommentar wäre die Nachricht zu lang.',
  forward: 'Weiterleiten',
}
