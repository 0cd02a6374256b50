import { newId } from '@chatflow/shared/ids'
import { describe, expect, test } from 'vitest'
import { PEOPLE } from './people.ts'
import { randomFrom } from './random.ts'
import { ROOMS } from './rooms.ts'
import { type People, roomRows } from './rows.ts'

const people = Object.fromEntries(PEOPLE.map((person) => [person.username, newId()])) as unknown as People
const now = Date.UTC(2026, 4, 20, 15)
const random = randomFrom(7)
const all = ROOMS.map((room, place) => roomRows(room, place, people, now, random))

test('the demo holds about four thousand messages of several weeks', () => {
  const times = all.flatMap((room) => room.messages.map((message) => message.received_at))
  expect(times.length).toBeGreaterThan(3_500)
  expect(times.length).toBeLessThan(4_500)
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(20 * 86_400_000)
  expect(Math.max(...times)).toBeLessThanOrEqual(now)
})

describe.each(all.map((rows) => [rows.room.name || rows.room.id, rows] as const))('in %s', (_name, { room, messages, reactions, members, mentions, cursors }) => {
  test('seq is dense, and times never decrease', () => {
    expect(messages.map((message) => message.seq)).toEqual(messages.map((_message, index) => index + 1))
    expect(messages.every((message, index) => message.received_at >= (messages[index - 1]?.received_at ?? 0))).toBe(true)
    expect(messages.every((message) => message.sent_at <= message.received_at)).toBe(true)
    expect(room).toMatchObject({ head: messages.length, last_received_at: messages.at(-1)?.received_at, member_count: members.length })
  })

  test('every change has a rev of its own, below that of the room', () => {
    const revs = [...messages, ...reactions].map((row) => row.rev)
    expect(new Set(revs).size).toBe(revs.length)
    expect(Math.max(...revs)).toBeLessThan(room.rev)
  })

  test('only members speak, react, are meant and read', () => {
    const ids = new Set(members.map((member) => member.user_id))
    const named = [...messages.map((row) => row.by_user), ...reactions.map((row) => row.user_id), ...mentions.map((row) => row.user_id), ...cursors.map((row) => row.user_id)]
    expect(named.filter((id) => !ids.has(id))).toEqual([])
  })

  test('answers name earlier messages, and no slot is left open', () => {
    const places = new Map(messages.map((message) => [message.id, message.seq]))
    for (const { seq, reply_to: target } of messages) if (target !== null) expect(places.get(target)).toBeLessThan(seq)
    const open = messages.filter((message) => /\{[a-z|]+\}/i.test(message.text.replace(/```[\s\S]*```/g, '')))
    expect(open.map((message) => message.text)).toEqual([])
  })
})
