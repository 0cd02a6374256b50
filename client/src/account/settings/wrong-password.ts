import type { Answer } from '../../chat/contract.ts'
import { t } from '../../i18n/translate.ts'

/** Whoever is signed in has no name to get wrong: the refusal belongs to the password's field. */
export function wrongPassword<T>(answer: Answer<T>, field: string): Answer<T> {
  if (answer.ok || answer.code !== 'wrong_credentials') return answer
  return { ...answer, fields: { [field]: t('settings.passwordWrong') } }
}
