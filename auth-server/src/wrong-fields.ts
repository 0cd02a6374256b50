import { InvalidInput } from '@chatflow/server-kit/body'
import { ERRORS, type ErrorCode } from '@chatflow/shared/errors'

/** A refused form: the answer's code is that of the first wrong field; each field has its own, and its sentence. */
export function wrongFields(problems: Record<string, ErrorCode>): InvalidInput {
  const fields = Object.fromEntries(Object.entries(problems).map(([field, code]) => [field, { code, says: ERRORS[code].title }]))
  return new InvalidInput(fields, Object.values(problems)[0])
}
