import type { Answer } from '../../chat/contract.ts'

/** Whoever is signed in has no name to get wrong: the refusal belongs to the password's field. */
export function wrongPassword<T>(answer: Answer<T>, field: string): Answer<T> {
  if (answer.ok || answer.code !== 'wrong_credentials') return answer
  return { ...answer, fields: { [field]: 'The password is wrong.' } }
}
