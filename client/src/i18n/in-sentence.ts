import { language } from './language.ts'

/** A heading of ours as it stands within a sentence: small in English, unchanged where nouns are written large. */
export function inSentence(heading: string): string {
  return language() === 'en' ? heading.toLowerCase() : heading
}
