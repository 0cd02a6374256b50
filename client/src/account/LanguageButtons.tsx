import { LANGUAGES } from '@chatflow/shared/languages'
import Button from '@mui/material/Button'
import { chooseLanguage } from '../i18n/language.ts'
import { LANGUAGE_NAMES } from '../i18n/languages.ts'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'

/** For those who have not signed in: the languages, each by its own name. Kept on this device. */
export function LanguageButtons() {
  const spoken = useLanguage()
  return (
    <div className="account-languages" role="group" aria-label={t('common.language')}>
      {LANGUAGES.map((language) => (
        <Button key={language} size="small" color={language === spoken ? 'primary' : 'inherit'} lang={language} aria-pressed={language === spoken} onClick={() => void chooseLanguage(language)}>
          {LANGUAGE_NAMES[language]}
        </Button>
      ))}
    </div>
  )
}
