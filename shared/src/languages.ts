/** Languages of the interface and of mails. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** The first of these tags ("de-AT", the preferred one first) that is of a language there is; undefined: none of them. */
export function languageAmong(tags: readonly string[]): Language | undefined {
  for (const tag of tags) {
    const found = LANGUAGES.find((language) => isOfLanguage(tag, language))
    if (found !== undefined) return found
  }
  return undefined
}

/** "de-AT" is of "de". */
export function isOfLanguage(tag: string, language: Language): boolean {
  return tag.toLowerCase().split('-')[0] === language
}
