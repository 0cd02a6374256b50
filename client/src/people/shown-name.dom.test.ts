import { afterEach, expect, test } from 'vitest'
import { chooseLanguage } from '../i18n/language.ts'
import { shownName } from './shown-name.ts'

afterEach(() => chooseLanguage('system'))

test('whose account is deleted is called so in the language of the screen; who has chosen that very name keeps it', async () => {
  await chooseLanguage('de')
  expect(shownName({ username: '', displayName: 'Deleted user' })).toBe('Gelöschtes Konto')
  expect(shownName({ username: 'joker', displayName: 'Deleted user' })).toBe('Deleted user')
})
