import type { Language } from '@chatflow/shared/languages'
import { useSyncExternalStore } from 'react'
import { language, languageChoice, onLanguageChange } from './language.ts'
import type { LanguageChoice } from './languages.ts'

/**
 * The language of the screen; the component is made anew when it changes, and with it all below except what `memo` keeps.
 * So the whole app uses it once at the top, and each `memo` component that shows words or times uses it again (tools/checks/words.ts sees to that).
 */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguageChange, language)
}

/** What the person chose: a language, or the browser's. */
export function useLanguageChoice(): LanguageChoice {
  return useSyncExternalStore(onLanguageChange, languageChoice)
}
