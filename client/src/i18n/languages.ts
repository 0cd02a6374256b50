/** The languages of the interface, each with its own name for itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const

export type Language = keyof typeof LANGUAGES
/** 'system': the first language of the browser that the interface has. */
export type LanguageChoice = Language | 'system'

export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[]

/** What is kept or synchronised may come from another version: anything unknown counts as not chosen. */
export function readLanguageChoice(value: unknown): LanguageChoice | undefined {
  return value === 'system' ? 'system' : LANGUAGE_NAMES.find((language) => language === value)
}

/** The language to speak; `wanted`: the browser's languages, the preferred one first ("de-AT"). English where none is known. */
export function languageFor(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== 'system') return choice
  for (const tag of wanted) {
    const found = LANGUAGE_NAMES.find((language) => isOf(tag, language))
    if (found !== undefined) return found
  }
  return 'en'
}

/** How dates and numbers are written beside words of this language: as in the browser's own variant of it ("en-GB"), if it has one. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => isOf(tag, language)) ?? language
}

function isOf(tag: string, language: Language): boolean {
  return tag.toLowerCase().split('-')[0] === language
}
