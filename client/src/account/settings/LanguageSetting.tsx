import { LANGUAGES } from '@chatflow/shared/languages'
import { useActions } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import { LANGUAGE_NAMES } from '../../i18n/languages.ts'
import type { LanguageChoice } from '../../i18n/languages.ts'
import { t } from '../../i18n/translate.ts'
import { useLanguageChoice } from '../../i18n/use-language.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'

/** The language of the app, of which each calls itself by its own name. */
export function LanguageSetting() {
  const { setSetting } = useActions()
  const choices: { value: LanguageChoice; title: string; text?: string }[] = [
    { value: 'system', title: t('common.languageOfBrowser'), text: t('settings.languageOfBrowserText') },
    ...LANGUAGES.map((language) => ({ value: language, title: LANGUAGE_NAMES[language] })),
  ]
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('common.language')}</h3>
      <p className="text-2">{t('settings.allDevices')}</p>
      <ChoiceGroup label={t('common.language')} value={useLanguageChoice()} choices={choices} onChange={(value) => void setSetting(SETTINGS.language, value)} />
    </section>
  )
}
