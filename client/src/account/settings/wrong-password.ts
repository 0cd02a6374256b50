import type { Answer } from '../../chat/contract.ts'
import { sentence } from '../../i18n/sentence.ts'

/** Whoever is signed in has no name to get wrong: the refusal belongs to the password's field. */
export function wrongPassword<T>(answer: Answer<T>, field: string): Answer<T> {
  if (answer.ok || answer.code !== 'wrong_credentials') return answer
  return { ...answer, fields: { [field]: sentence('settings.passwordWrong') } }
}
