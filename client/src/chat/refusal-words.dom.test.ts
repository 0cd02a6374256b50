import { ERRORS, problem } from '@chatflow/shared/errors'
import { afterEach, expect, test } from 'vitest'
import { chooseLanguage } from '../i18n/language.ts'
import { said } from '../i18n/sentence.ts'
import { ApiError } from '../sync/api.ts'
import { refusalOf } from './refusal-words.ts'

afterEach(() => chooseLanguage('system'))

const words = (error: unknown): { says: string; fields: Record<string, string> } => {
  const { says, fields = {} } = refusalOf(error)
  return { says: said(says), fields: Object.fromEntries(Object.entries(fields).map(([name, sentence]) => [name, said(sentence)])) }
}

test('a refusal says what its code says, in each language, and never the sentence of the server', async () => {
  const refused = new ApiError(409, problem('room_archived', 'It was archived on Monday.'))
  expect(words(refused).says).toBe(ERRORS.room_archived.title)
  await chooseLanguage('de')
  expect(words(refused).says).toBe('Dieser Raum ist archiviert.')
  expect(words(new ApiError(418, { title: 'Brewing', detail: 'Only tea here.' })).says).toBe('Bei uns ist etwas schiefgegangen.')
})

test('a wrong field is told by its code and its limit', async () => {
  const refused = new ApiError(400, problem('username_taken', undefined, {
    username: { code: 'username_taken', says: ERRORS.username_taken.title },
    note: { code: 'too_long', limit: 1_200, says: 'Too big: expected string to have <=1200 characters' },
    uses: { code: 'too_small', limit: 1, says: 'Too small' },
    rooms: { code: 'too_few', limit: 1, says: 'Too small' },
    members: { code: 'too_many', limit: 1_000, says: 'Too big' },
    email: { code: 'required', says: 'expected string, received undefined' },
    more: { code: 'unknown', says: 'unknown field' },
  }))
  expect(words(refused).fields).toEqual({ username: 'This username is already in use.', note: 'At most 1,200 characters.', uses: 'At least 1.', rooms: 'At least 1 entry.', members: 'At most 1,000 entries.', email: 'This is needed.', more: 'This cannot be used.' })
  await chooseLanguage('de')
  expect(words(refused).fields).toEqual({
    username: 'Dieser Benutzername wird schon benutzt.', note: 'Höchstens 1.200 Zeichen.', uses: 'Mindestens 1.', rooms: 'Mindestens 1 Eintrag.', members: 'Höchstens 1.000 Einträge.', email: 'Das wird gebraucht.', more: 'Das lässt sich nicht verwenden.',
  })
})

test('what another version says of a field is left out, and the sentence of its code stands for it', () => {
  const wrong = { a: { code: 'too_purple' }, b: 'text', c: null } as unknown as NonNullable<ApiError['problem']['wrong']>
  expect(words(new ApiError(400, { code: 'invalid_input', wrong }))).toEqual({ says: ERRORS.invalid_input.title, fields: {} })
  expect(words(new ApiError(400, { code: 'invalid_input', wrong: { a: { code: 'too_long' } } })).fields).toEqual({ a: 'This cannot be used.' })
})

test('too many tries say how long to wait, where the server has said it', async () => {
  const limited = (seconds?: number) => words(new ApiError(429, problem('rate_limited'), seconds)).says
  expect([limited(1), limited(61), limited(899), limited(86_400)]).toEqual([
    'Too many tries. Try again in 1 second.', 'Too many tries. Try again in 61 seconds.', 'Too many tries. Try again in 15 minutes.', 'Too many tries. Try again in 24 hours.',
  ])
  // Nobody is told to wait for no time at all.
  expect([limited(0), limited(0.2), limited(1.2)]).toEqual(['Too many tries. Try again in 1 second.', 'Too many tries. Try again in 1 second.', 'Too many tries. Try again in 2 seconds.'])
  await chooseLanguage('de')
  expect(limited(899)).toBe('Zu viele Versuche. Versuch es in 15 Minuten noch einmal.')
  expect(limited()).toBe('Zu viele Anfragen. Versuch es später noch einmal.')
})
