import type { ErrorCode } from '@chatflow/shared/errors'
import { language } from '../i18n/language.ts'
import { t } from '../i18n/translate.ts'

/** Why something was refused. In English the server's own sentence, which may say more than its code; in other languages what the code says. */
export function refusalWords({ code, message }: { code: ErrorCode; message: string }): string {
  return language() === 'en' && message !== '' ? message : t(`errors.${code}`)
}
