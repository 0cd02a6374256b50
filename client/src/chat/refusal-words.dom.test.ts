import { ERRORS } from '@chatflow/shared/errors'
import { afterEach, expect, test } from 'vitest'
import { chooseLanguage } from '../i18n/language.ts'
import { refusalWords } from './refusal-words.ts'

afterEach(() => chooseLanguage('system'))

test('in English a refusal says what the server said of it, or what its code says', () => {
  expect(refusalWords({ code: 'room_archived', message: 'It was archived on Monday.' })).toBe('It was archived on Monday.')
  expect(refusalWords({ code: 'room_archived', message: '' })).toBe(ERRORS.room_archived.title)
})

test('in German it says in German what its code says', async () => {
  await chooseLanguage('de')
  expect(refusalWords({ code: 'room_archived', message: 'It was archived on Monday.' })).toBe('Dieser Raum ist archiviert.')
})
