import { expect, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import { decideNotification, type MessageFacts, type NotificationDecision, type PresenceFacts } from './decide-notification.ts'
import type { NotifyLevel, NotifySettings } from './notify-settings.ts'

/** A Tuesday, 22:30 in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 21, 30)
const ALL: NotifySettings = { forAll: 'all', sound: true, hideText: false }
const MENTIONS: NotifySettings = { ...ALL, forAll: 'mentions' }
const NONE: NotifySettings = { ...ALL, forAll: 'none' }
const night = { on: true, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' }

type Row = [what: string, message: Partial<MessageFacts>, settings: NotifySettings, presence: PresenceFacts, expected: string]

/** `reason`, then what it does: `!` notifies, `~` without a sound, `#` counts in the badge. */
function said({ notify, sound, badge, reason }: NotificationDecision): string {
  return `${reason}${notify ? (sound ? ' !' : ' ~') : ''}${badge ? ' #' : ''}`
}

const rows: Row[] = [
  // What is nobody's news.
  ['an own message', { own: true }, ALL, {}, 'own'],
  ['an own message in a direct conversation', { own: true, kind: 'dm' }, ALL, {}, 'own'],
  ['an own message that names oneself', { own: true, mentionsMe: true }, ALL, {}, 'own'],
  ['an own @room', { own: true, mentionsRoom: true }, ALL, {}, 'own'],
  ['an own answer in an own conversation', { own: true, inMyConversation: true }, ALL, {}, 'own'],
  ['an own message in a room of the level all', { own: true }, { ...NONE, own: 'all' }, {}, 'own'],
  ['a deleted message', { deleted: true }, ALL, {}, 'deleted'],
  ['a deleted mention', { deleted: true, mentionsMe: true }, ALL, {}, 'deleted'],
  ['a deleted direct message', { deleted: true, kind: 'dm' }, ALL, {}, 'deleted'],
  ['somebody joined', { event: true }, ALL, {}, 'event'],
  ['the reader was added, which names them', { event: true, mentionsMe: true }, ALL, {}, 'event'],
  ['a direct conversation began', { event: true, kind: 'dm' }, ALL, {}, 'event'],
  ['a message that was read elsewhere', {}, ALL, { read: true }, 'read'],
  ['a mention that was read elsewhere', { mentionsMe: true }, ALL, { read: true }, 'read'],
  ['a direct message that was read elsewhere', { kind: 'dm' }, ALL, { read: true }, 'read'],
  ['an edit', { edited: true }, ALL, {}, 'edited'],
  ['an edit in a direct conversation', { edited: true, kind: 'dm' }, ALL, {}, 'edited'],
  ['an edit in an own conversation', { edited: true, inMyConversation: true }, MENTIONS, {}, 'edited'],
  ['an edit that now names the reader', { edited: true, mentionsMe: true }, MENTIONS, {}, 'mention ! #'],
  ['an edit that now names everyone', { edited: true, mentionsRoom: true }, MENTIONS, {}, 'everyone ! #'],
  ['an edit that now names the reader, in a muted room', { edited: true, mentionsMe: true }, { ...ALL, own: 'none' }, {}, 'muted #'],
  // Every message of all rooms.
  ['a message in a public room', {}, ALL, {}, 'message !'],
  ['a message in a private room', { kind: 'private' }, ALL, {}, 'message !'],
  ['a direct message', { kind: 'dm' }, ALL, {}, 'direct ! #'],
  ['a mention', { mentionsMe: true }, ALL, {}, 'mention ! #'],
  ['@room', { mentionsRoom: true }, ALL, {}, 'everyone ! #'],
  ['a mention and @room', { mentionsMe: true, mentionsRoom: true }, ALL, {}, 'mention ! #'],
  ['a mention in a direct conversation', { mentionsMe: true, kind: 'dm' }, ALL, {}, 'mention ! #'],
  ['an answer in an own conversation', { inMyConversation: true }, ALL, {}, 'conversation !'],
  ['an answer in a direct conversation', { inMyConversation: true, kind: 'dm' }, ALL, {}, 'direct ! #'],
  // What is meant for the reader.
  ['a message, at the level of mentions', {}, MENTIONS, {}, 'level'],
  ['a message of a private room, at the level of mentions', { kind: 'private' }, MENTIONS, {}, 'level'],
  ['a direct message, at the level of mentions', { kind: 'dm' }, MENTIONS, {}, 'direct ! #'],
  ['a mention, at the level of mentions', { mentionsMe: true }, MENTIONS, {}, 'mention ! #'],
  ['@room, at the level of mentions', { mentionsRoom: true }, MENTIONS, {}, 'everyone ! #'],
  ['an answer in an own conversation, at the level of mentions', { inMyConversation: true }, MENTIONS, {}, 'conversation !'],
  // Mentions only.
  ['a message, at the level none for all rooms', {}, NONE, {}, 'level'],
  ['a direct message, at the level none for all rooms', { kind: 'dm' }, NONE, {}, 'level'],
  ['a mention, at the level none for all rooms', { mentionsMe: true }, NONE, {}, 'mention ! #'],
  ['a mention in a direct conversation, at the level none for all rooms', { mentionsMe: true, kind: 'dm' }, NONE, {}, 'mention ! #'],
  ['@room, at the level none for all rooms', { mentionsRoom: true }, NONE, {}, 'everyone ! #'],
  ['an answer in an own conversation, at the level none for all rooms', { inMyConversation: true }, NONE, {}, 'level'],
  // A room's own level comes before that of all rooms.
  ['a message in a room of the level all', {}, { ...NONE, own: 'all' }, {}, 'message !'],
  ['a direct message in a room of the level all', { kind: 'dm' }, { ...NONE, own: 'all' }, {}, 'direct ! #'],
  ['a message in a room of the level mentions', {}, { ...ALL, own: 'mentions' }, {}, 'level'],
  ['a mention in a room of the level mentions', { mentionsMe: true }, { ...NONE, own: 'mentions' }, {}, 'mention ! #'],
  ['a direct message in a conversation of the level mentions', { kind: 'dm' }, { ...NONE, own: 'mentions' }, {}, 'direct ! #'],
  ['an answer in an own conversation in a room of the level mentions', { inMyConversation: true }, { ...NONE, own: 'mentions' }, {}, 'conversation !'],
  // A muted room.
  ['a message in a muted room', {}, { ...ALL, own: 'none' }, {}, 'muted'],
  ['a direct message in a muted conversation', { kind: 'dm' }, { ...ALL, own: 'none' }, {}, 'muted'],
  ['a mention in a muted room', { mentionsMe: true }, { ...ALL, own: 'none' }, {}, 'muted #'],
  ['a mention in a muted direct conversation', { mentionsMe: true, kind: 'dm' }, { ...ALL, own: 'none' }, {}, 'muted #'],
  ['@room in a muted room', { mentionsRoom: true }, { ...ALL, own: 'none' }, {}, 'muted #'],
  ['an answer in an own conversation in a muted room', { inMyConversation: true }, { ...ALL, own: 'none' }, {}, 'muted'],
  // What came too long ago.
  ['a message of just now', { at: NOW }, ALL, {}, 'message !'],
  ['a message of before the limit', { at: NOW - LIMITS.notifiedWithinMs + 1 }, ALL, {}, 'message !'],
  ['a message at the limit', { at: NOW - LIMITS.notifiedWithinMs }, ALL, {}, 'late'],
  ['a mention of yesterday', { at: NOW - 86_400_000, mentionsMe: true }, ALL, {}, 'late #'],
  ['a direct message of yesterday', { at: NOW - 86_400_000, kind: 'dm' }, ALL, {}, 'late #'],
  ['a message of a clock that is ahead', { at: NOW + 60_000 }, ALL, {}, 'message !'],
  ['a message of yesterday that names the reader since an edit of now', { at: NOW, edited: true, mentionsMe: true }, ALL, {}, 'mention ! #'],
  // Seen anyway.
  ['a message in the room that is open at some device', {}, ALL, { active: true }, 'active'],
  ['a mention in the room that is open at some device', { mentionsMe: true }, ALL, { active: true }, 'active #'],
  ['a direct message in the conversation that is open at some device', { kind: 'dm' }, ALL, { active: true }, 'active #'],
  ['a message that was read at the device where the room is open', {}, ALL, { active: true, read: true }, 'read'],
  // Quiet.
  ['a message during "do not disturb"', {}, { ...ALL, until: NOW + 1 }, {}, 'quiet'],
  ['a mention during "do not disturb"', { mentionsMe: true }, { ...ALL, until: NOW + 1 }, {}, 'quiet #'],
  ['a direct message during "do not disturb"', { kind: 'dm' }, { ...ALL, until: NOW + 1 }, {}, 'quiet #'],
  ['a mention in a room of the level all during "do not disturb"', { mentionsMe: true }, { ...ALL, own: 'all', until: NOW + 1 }, {}, 'quiet #'],
  ['a message at the end of "do not disturb"', {}, { ...ALL, until: NOW }, {}, 'message !'],
  ['a message in the night', {}, { ...ALL, hours: night }, {}, 'quiet'],
  ['a mention in the night', { mentionsMe: true }, { ...ALL, hours: night }, {}, 'quiet #'],
  ['a message in the night of another zone', {}, { ...ALL, hours: { ...night, zone: 'America/New_York' } }, {}, 'message !'],
  ['a message in a night that is switched off', {}, { ...ALL, hours: { ...night, on: false } }, {}, 'message !'],
  ['a message in a night of other days', {}, { ...ALL, hours: { ...night, days: [6] } }, {}, 'message !'],
  ['a message during both', {}, { ...ALL, hours: night, until: NOW + 1 }, {}, 'quiet'],
  ['a message after one of both', {}, { ...ALL, hours: night, until: NOW - 1 }, {}, 'quiet'],
  // Sound.
  ['a message without sound', {}, { ...ALL, sound: false }, {}, 'message ~'],
  ['a mention without sound', { mentionsMe: true }, { ...ALL, sound: false }, {}, 'mention ~ #'],
  ['what hides its text is told of all the same', { kind: 'dm' }, { ...ALL, hideText: true }, {}, 'direct ! #'],
]

it.each(rows)('%s', (_, message, settings, presence, expected) => {
  expect(said(decideNotification({ kind: 'public', at: NOW, ...message }, settings, presence, NOW))).toBe(expected)
})

it('the table is no shorter than it was', () => {
  expect(rows.length).toBeGreaterThanOrEqual(80)
})

/** Every mix of facts there is. */
function* everything(): Generator<[MessageFacts, NotifySettings, PresenceFacts]> {
  const levels: NotifyLevel[] = ['all', 'mentions', 'none']
  for (const kind of ['public', 'private', 'dm'] as const)
    for (const forAll of levels)
      for (const own of [undefined, ...levels])
        for (let bits = 0; bits < 1 << 12; bits += 1) {
          const on = (bit: number) => (bits & (1 << bit)) !== 0
          yield [
            { kind, at: on(0) ? NOW : 0, own: on(1), event: on(2), deleted: on(3), edited: on(4), mentionsMe: on(5), mentionsRoom: on(6), inMyConversation: on(7) },
            { forAll, ...(own === undefined ? {} : { own }), sound: on(8), hideText: false, ...(on(9) ? { until: NOW + 1 } : {}) },
            { read: on(10), active: on(11) },
          ]
        }
}

it('whatever else is true: mute, quiet, an active device, own and deleted messages never notify; a sound comes only with a notification; and all of it is decided', () => {
  let told = 0
  for (const [message, settings, presence] of everything()) {
    const decision = decideNotification(message, settings, presence, NOW)
    const mention = message.mentionsMe === true || message.mentionsRoom === true
    if (settings.own === 'none' || settings.until !== undefined || presence.active || presence.read || message.own || message.deleted || message.event || message.at === 0) {
      if (decision.notify) throw new Error(`notifies: ${JSON.stringify([message, settings, presence])}`)
    }
    if (decision.sound && !(decision.notify && settings.sound)) throw new Error(`sounds: ${JSON.stringify([message, settings, presence])}`)
    if (decision.notify && mention && !decision.badge) throw new Error(`a mention without a badge: ${JSON.stringify([message, settings, presence])}`)
    if (decision.notify) told += 1
  }
  expect(told).toBeGreaterThan(700)
})
