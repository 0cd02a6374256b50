import { manifestFile } from '@chatflow/shared/page-files'
import { expect, it, onTestFinished, vi } from 'vitest'
import { chooseLanguage, language, languageChoice } from './language.ts'
import { t } from './translate.ts'

vi.mock('./de/catalog.ts', () => {
  throw new Error('no network')
})

it('where a language cannot be loaded, the page says of itself the one that is spoken, whatever it came with', async () => {
  const { documentElement: root, head } = document
  // As the server gave it to a browser that prefers German.
  root.lang = 'de'
  const manifest = document.createElement('link')
  manifest.rel = 'manifest'
  manifest.setAttribute('href', manifestFile('de'))
  head.append(manifest)
  onTestFinished(() => manifest.remove())
  await chooseLanguage('de')
  expect([language(), t('common.back')]).toEqual(['en', 'Back'])
  expect([root.lang, manifest.getAttribute('href')]).toEqual(['en', manifestFile('en')])
  // For the next start.
  expect(languageChoice()).toBe('de')
})
