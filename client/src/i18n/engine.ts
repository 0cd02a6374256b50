import type { Language } from '@chatflow/shared/languages'
import { createInstance } from 'i18next'
import { en } from './en/catalog.ts'

/** English is always there; other languages are added when they have been loaded. */
const engine = createInstance({
  resources: { en: { translation: en } },
  fallbackLng: 'en',
  // What is here is used at once: nothing is fetched by the library.
  initAsync: false,
  // React escapes. Values are never read as texts of their own (skipOnVariables, and `nest` below).
  interpolation: { escapeValue: false, skipOnVariables: true },
})
void engine.init()

export function addWords(language: Language, words: object): void {
  engine.addResourceBundle(language, 'translation', words)
}

/** The text with these values in it, written as they are; `count` chooses the plural form. */
export function say(language: Language, key: string, count: number | undefined, values: Readonly<Record<string, string>>): string {
  return engine.t(key, { lng: language, nest: false, count, replace: values })
}
