import type { thread as english } from '../en/thread.ts'
import type { Translated } from '../words.ts'

export const thread: Translated<typeof english> = {
  conversation: 'Unterhaltung',
  answerHere: 'In dieser Unterhaltung antworten',
  beginningComes: 'Die Nachricht, mit der das begann, ist unterwegs.',
  beginningNotHere: 'Die Nachricht, mit der das begann, ist nicht auf diesem Gerät. Sie kommt, wenn du online bist.',
  noAnswers: 'Noch keine Antworten',
  answers_one: '{{count}} Antwort',
  answers_other: '{{count}} Antworten',
  showOlder: 'Ältere Antworten anzeigen',
  olderCome: 'Ältere Antworten sind unterwegs.',
  olderNotHere_one: '{{count}} ältere Antwort ist nicht auf diesem Gerät. Sie kommt, wenn du online bist.',
  olderNotHere_other: '{{count}} ältere Antworten sind nicht auf diesem Gerät. Sie kommen, wenn du online bist.',
}
