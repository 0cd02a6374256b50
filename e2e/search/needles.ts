import type { PersonName, RoomName } from './corpus.ts'

/** A message that searches are to find, or not. */
export interface Needle {
  key: string
  room: RoomName
  by: PersonName
  /** UTC. */
  at: string
  text: string
  pinned?: boolean
  reaction?: boolean
  /** It has an answer. */
  answered?: boolean
  deleted?: boolean
}

const LONG = 'Some words that fill a page and say nothing of use to anybody, as minutes of meetings do. '.repeat(35)

export const NEEDLES: readonly Needle[] = [
  // One word, and those that begin or end like it.
  { key: 'lighthouse-demo', room: 'general', by: 'ann', at: '2025-05-02T09:00:00Z', text: 'The lighthouse demo is on Thursday' },
  { key: 'lighthouse-score', room: 'engineering', by: 'mia', at: '2025-05-03T09:00:00Z', text: 'Lighthouse score went from 61 to 94 after the image work' },
  { key: 'light-house', room: 'random', by: 'ben', at: '2025-05-04T09:00:00Z', text: 'They paint the light house next week' },
  { key: 'lighthouse-closed', room: 'closed', by: 'zoe', at: '2025-05-04T10:00:00Z', text: 'The lighthouse plans are secret' },
  { key: 'lighthouse-deleted', room: 'general', by: 'ann', at: '2025-05-04T11:00:00Z', text: 'The lighthouse was never here', deleted: true },
  { key: 'zeppelin', room: 'random', by: 'ann', at: '2025-09-01T09:00:00Z', text: 'Zeppelin!' },
  { key: 'zeppelin-plural', room: 'random', by: 'ben', at: '2025-09-02T09:00:00Z', text: 'Are zeppelinlike things slow to build?' },
  { key: 'zeppelin-long', room: 'general', by: 'mia', at: '2025-09-03T09:00:00Z', text: 'A zeppelin flew over the office while everyone was busy with nothing in particular for a very long time, and then it was gone behind the hill' },
  { key: 'narwhal', room: 'random', by: 'ann', at: '2025-10-01T09:00:00Z', text: 'narwhal sighted' },
  { key: 'narwhals', room: 'random', by: 'ann', at: '2025-10-03T09:00:00Z', text: 'narwhals sighted' },
  { key: 'walrus-old', room: 'random', by: 'ben', at: '2024-08-01T09:00:00Z', text: 'The walrus is back' },
  { key: 'walrus-new', room: 'random', by: 'ben', at: '2026-02-20T09:00:00Z', text: 'The walrus is back' },
  // Together and apart.
  { key: 'flux-together', room: 'engineering', by: 'ann', at: '2025-04-01T09:00:00Z', text: 'The flux capacitor is missing' },
  { key: 'flux-turned', room: 'engineering', by: 'ben', at: '2025-04-02T09:00:00Z', text: 'A capacitor that needs no flux' },
  { key: 'flux-apart', room: 'engineering', by: 'mia', at: '2025-04-03T09:00:00Z', text: 'Flux in the morning, then nothing at all for hours and hours, capacitor in the evening' },
  { key: 'hamlet', room: 'random', by: 'lin', at: '2025-01-15T09:00:00Z', text: 'To be, or not to be, that is the question' },
  { key: 'hamlet-turned', room: 'random', by: 'lin', at: '2025-01-16T09:00:00Z', text: 'The question is whether not to be is to be, or what' },
  { key: 'zebra-crossing', room: 'design', by: 'mia', at: '2025-02-01T09:00:00Z', text: 'The zebra crossing is painted' },
  { key: 'zebra-print', room: 'design', by: 'mia', at: '2025-02-02T09:00:00Z', text: 'Zebra print is out of fashion' },
  // German.
  { key: 'müller', room: 'allgemein', by: 'jorg', at: '2025-03-01T09:00:00Z', text: 'Frau Müller bringt die Schlüssel' },
  { key: 'mueller', room: 'allgemein', by: 'jorg', at: '2025-03-02T09:00:00Z', text: 'Herr Mueller hat angerufen' },
  { key: 'muller', room: 'allgemein', by: 'mia', at: '2025-03-03T09:00:00Z', text: 'Muller schreibt sich ohne Punkte' },
  { key: 'straße', room: 'allgemein', by: 'jorg', at: '2025-03-04T09:00:00Z', text: 'In der Schloßstraße 12 ist Stau' },
  { key: 'büro', room: 'betrieb', by: 'jorg', at: '2025-03-05T09:00:00Z', text: 'Das GROSSRAUMBÜRO im dritten Stock ist fertig' },
  { key: 'ausfall', room: 'betrieb', by: 'jorg', at: '2025-03-06T09:00:00Z', text: 'Die Serverausfallwahrscheinlichkeit sinkt' },
  { key: 'überweisung', room: 'allgemein', by: 'mia', at: '2025-03-07T09:00:00Z', text: 'Die Überweisungen sind raus' },
  // Other spellings.
  { key: 'café', room: 'random', by: 'lin', at: '2025-03-08T09:00:00Z', text: 'Treffpunkt Cafe\u0301 Zentral, crème brûlée für alle' },
  { key: 'łódź', room: 'general', by: 'ann', at: '2025-03-09T09:00:00Z', text: 'The Łódź site opens in spring' },
  { key: 'hôpital', room: 'random', by: 'ben', at: '2025-03-10T09:00:00Z', text: 'It follows from l’Hôpital’s rule' },
  { key: 'cyrillic', room: 'general', by: 'ann', at: '2025-03-11T09:00:00Z', text: 'Ёжик в тумане' },
  // Identifiers.
  { key: 'camel', room: 'engineering', by: 'ben', at: '2025-06-01T09:00:00Z', text: 'Raise retryBackoffMs in http_poller.ts please' },
  { key: 'e-mail', room: 'support', by: 'ann', at: '2025-06-02T09:00:00Z', text: 'Their e-mail-gateway bounces' },
  { key: 'ticket', room: 'support', by: 'ben', at: '2025-06-03T09:00:00Z', text: 'CHAT-90210 is a duplicate' },
  { key: 'ticket-longer', room: 'support', by: 'ben', at: '2025-06-04T09:00:00Z', text: 'CHAT-902109 is another matter' },
  { key: 'version', room: 'engineering', by: 'mia', at: '2025-06-05T09:00:00Z', text: 'Upgrade to 7.31.4-beta.2 tonight' },
  { key: 'hash', room: 'engineering', by: 'mia', at: '2025-06-06T09:00:00Z', text: 'bisected to 3f9c1ab77de0915c' },
  { key: 'uuid', room: 'engineering', by: 'ben', at: '2025-06-07T09:00:00Z', text: 'request 6f1d0a52-2b0e-4c1e-9a57-0c8a4f6d7e10 failed' },
  { key: 'wiki', room: 'engineering', by: 'ben', at: '2025-06-08T09:00:00Z', text: 'See https://wiki.example.net/display/OPS/Runbook+Kafka?pageId=55#top, it is old' },
  { key: 'address', room: 'support', by: 'ann', at: '2025-06-09T09:00:00Z', text: 'mail it to erika.mustermann@firma.example' },
  { key: 'path', room: 'engineering', by: 'ben', at: '2025-06-10T09:00:00Z', text: 'it is in /etc/nginx/conf.d/chat.conf' },
  { key: 'ip', room: 'engineering', by: 'ben', at: '2025-06-11T09:00:00Z', text: '10.20.30.40 does not answer' },
  { key: 'time', room: 'general', by: 'ann', at: '2025-06-12T09:00:00Z', text: 'Standup is at 10:47 from tomorrow' },
  { key: 'cpp', room: 'engineering', by: 'ben', at: '2025-06-13T09:00:00Z', text: 'Rewrite it in C++?' },
  { key: 'csharp', room: 'engineering', by: 'mia', at: '2025-06-14T09:00:00Z', text: 'C# is fine too' },
  { key: 'hostile', room: 'random', by: 'zoe', at: '2025-06-15T09:00:00Z', text: `<img src=x onerror=alert(1)> Robert'); DROP TABLE students;-- xyzzyplugh` },
  // Emoji and scripts without spaces.
  { key: 'crab', room: 'engineering', by: 'ben', at: '2025-07-01T09:00:00Z', text: 'shipped 🦀' },
  { key: 'wave', room: 'general', by: 'ann', at: '2025-07-02T09:00:00Z', text: '👋🏽 from Lisbon' },
  { key: 'chinese', room: 'tokyo', by: 'lin', at: '2025-07-03T09:00:00Z', text: '明天下午三点在会议室讨论预算' },
  { key: 'chinese-apart', room: 'tokyo', by: 'lin', at: '2025-07-04T09:00:00Z', text: '会议改到别的室' },
  { key: 'japanese', room: 'tokyo', by: 'sato', at: '2025-07-05T09:00:00Z', text: '来週の木曜日にリリースします' },
  { key: 'korean', room: 'tokyo', by: 'sato', at: '2025-07-06T09:00:00Z', text: '회의실을 예약했습니다' },
  { key: 'thai', room: 'tokyo', by: 'sato', at: '2025-07-07T09:00:00Z', text: 'พรุ่งนี้ประชุมตอนเช้า' },
  { key: 'mixed', room: 'tokyo', by: 'lin', at: '2025-07-08T09:00:00Z', text: '请approve一下这个quokka文档' },
  // Who, where, when.
  { key: 'giraffe-ben', room: 'general', by: 'ben', at: '2025-03-14T12:00:00Z', text: 'A giraffe in the lobby' },
  { key: 'giraffe-mia', room: 'engineering', by: 'mia', at: '2025-03-15T12:00:00Z', text: 'The giraffe has left' },
  { key: 'giraffe-direct', room: 'direct-ben', by: 'ben', at: '2025-06-01T12:00:00Z', text: 'Was the giraffe real?' },
  { key: 'giraffe-year', room: 'release', by: 'jorg', at: '2025-12-31T23:30:00Z', text: 'Happy new giraffe' },
  { key: 'giraffe-me', room: 'general', by: 'kim', at: '2026-02-10T12:00:00Z', text: 'Enough of the giraffe' },
  // What a message has.
  { key: 'platypus-link', room: 'support', by: 'ann', at: '2025-08-01T09:00:00Z', text: 'platypus https://example.org/p' },
  { key: 'platypus-code', room: 'support', by: 'ann', at: '2025-08-02T09:00:00Z', text: 'platypus `let p = 1`' },
  { key: 'platypus-pin', room: 'support', by: 'ann', at: '2025-08-03T09:00:00Z', text: 'platypus pinned', pinned: true },
  { key: 'platypus-reaction', room: 'support', by: 'ann', at: '2025-08-04T09:00:00Z', text: 'platypus liked', reaction: true },
  { key: 'platypus-thread', room: 'support', by: 'ann', at: '2025-08-05T09:00:00Z', text: 'platypus answered', answered: true },
  { key: 'ornithopter', room: 'release', by: 'jorg', at: '2025-11-11T09:00:00Z', text: `${LONG}At the very end: the ornithopter.` },
]
