import type { Chat } from '../chat/contract.ts'
import { chooseLanguage, languageChoice } from '../i18n/language.ts'
import { setHours } from '../ui/format-time.ts'

/** Puts the person's preferences into effect, now and at each change: before the screen is made anew, since that is where times are written. */
export function followPreferences({ store }: Pick<Chat, 'store'>): () => void {
  const apply = (): void => {
    const { density, hours, language } = store.getState().preferences
    setHours(hours)
    if (language !== undefined && language !== languageChoice()) void chooseLanguage(language)
    document.documentElement.dataset['density'] = density
  }
  apply()
  return store.subscribe((state, before) => {
    if (state.preferences !== before.preferences) apply()
  })
}
