import { expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { parsePushPayload, type PushPayload } from './push-payload.ts'

const payload: PushPayload = { room: newId(), message: newId(), seq: 7, roomName: 'harbour', kind: 'public', reason: 'mention', by: 'Ann', text: 'hello', language: 'de', count: 3, sound: false }

it('what a server says is read', () => {
  expect(parsePushPayload(JSON.stringify(payload))).toEqual(payload)
  const { text: _, ...hidden } = payload
  expect(parsePushPayload(JSON.stringify({ ...hidden, more: 'of a newer server' }))).toEqual(hidden)
})

it('what is not vital may be missing', () => {
  const { text: _, language: __, count: ___, sound: ____, ...vital } = payload
  expect(parsePushPayload(JSON.stringify(vital))).toEqual({ ...vital, language: 'en', count: 1, sound: true })
})

it.each([
  ['', undefined], ['no JSON', undefined], ['null', undefined], ['[]', undefined],
  ...['room', 'message', 'seq', 'kind', 'reason', 'by', 'roomName'].map((key) => [JSON.stringify({ ...payload, [key]: { toString: 1 } }), undefined]),
  [JSON.stringify({ ...payload, room: '../settings' }), undefined],
  [JSON.stringify({ ...payload, seq: -1 }), undefined],
])('[R9] %s is not taken for a message', (json, nothing) => {
  expect(parsePushPayload(json as string)).toBe(nothing)
})
