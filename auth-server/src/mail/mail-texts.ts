import { LANGUAGES } from '@chatflow/shared/languages'
import type { Language } from '@chatflow/shared/languages'
import type { MailTexts } from './mail-text.ts'
import { GERMAN } from './texts-de.ts'
import { ENGLISH } from './texts-en.ts'

const ALL: Record<Language, MailTexts> = { en: ENGLISH, de: GERMAN }

/** The mails in the language of an account; English for one that has none or, kept by another version, one that is not here. */
export function textsIn(language: string | null): { language: Language; mails: MailTexts } {
  const known = LANGUAGES.find((one) => one === language) ?? 'en'
  return { language: known, mails: ALL[known] }
}
