import { formatLocale, language } from './language.ts'

/** Something that is made once for each way to write, formats of Intl above all. */
export function perLocale<T>(make: (locale: string) => T): () => T {
  let kept: { locale: string; made: T } | undefined
  return () => {
    const locale = formatLocale()
    if (kept?.locale !== locale) kept = { locale, made: make(locale) }
    return kept.made
  }
}

const numbers = perLocale((locale) => new Intl.NumberFormat(locale))

/** "12,345" */
export const formatNumber = (value: number): string => numbers().format(value)

/** "Ana, Bo and Cleo": in English without a comma before "and", as the other texts are written. */
export function formatList(items: readonly string[]): string {
  const spoken = language()
  return new Intl.ListFormat(spoken === 'en' ? 'en-GB' : spoken, { type: 'conjunction' }).format(items)
}
