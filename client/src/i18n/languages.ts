import { isOfLanguage, languageAmong, LANGUAGES } from '@chatflow/shared/languages'
import type { Language } from '@chatflow/shared/languages'

/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** 'system': the first language of the browser that the interface has. */
export type LanguageChoice = Language | 'system'

/** What is kept or synchronised may come from another version: anything unknown counts as not chosen. */
export function readLanguageChoice(value: unknown): LanguageChoice | undefined {
  return value === 'system' ? 'system' : LANGUAGES.find((language) => language === value)
}

/** The language to speak; `wanted`: the browser's languages, the preferred one first ("de-AT"). English where none is known. */
export function languageFor(choice: LanguageChoice, wanted: readonly string[]): Language {
  return choice === 'system' ? (languageAmong(wanted) ?? 'en') : choice
}

/** How dates and numbers are written beside words of this language: as in the browser's own variant of it ("en-GB"), if it has one. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => isOfLanguage(tag, language)) ?? language
}
