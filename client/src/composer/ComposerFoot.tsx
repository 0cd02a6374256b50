import { LIMITS } from '@chatflow/shared/limits'
import { mentionsRoom } from '@chatflow/shared/mentions'
import { said } from '../i18n/sentence.ts'
import type { Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { charactersLeft } from './composing-text.ts'

/** What `@room` does here, said before it is sent. */
const EVERYONE = {
  told: 'composer.everyoneTold',
  text: 'composer.everyoneText',
  direct: 'composer.everyoneDirect',
} as const

/** The sentence under the text: what went wrong, or how much may still be written. */
export function ComposerFoot({ id, text, failed, everyone }: { id: string; text: string; failed: Sentence | undefined; everyone: keyof typeof EVERYONE }) {
  const left = charactersLeft(text)
  return (
    <div className="composer-foot" id={id} aria-live="polite">
      {left !== undefined && left < 0 ? (
        <span className="composer-wrong">{t('composer.tooLong', { most: LIMITS.messageText, number: -left })}</span>
      ) : failed !== undefined ? (
        <span className="composer-wrong">{said(failed)}</span>
      ) : left !== undefined ? (
        <span>{t('composer.charactersLeft', { count: left })}</span>
      ) : mentionsRoom(text) ? (
        <span>{t(EVERYONE[everyone])}</span>
      ) : null}
    </div>
  )
}
