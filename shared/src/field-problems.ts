import { isErrorCode, type ErrorCode } from './errors.ts'

/**
 * What can be wrong with one field of a request, besides what the table of errors names. required: it is missing or empty; unknown: there is no such field;
 * too_short, too_long: of a text; too_few, too_many: of a list; too_small, too_large: of a number; malformed: anything else.
 */
const FIELD_CODES = ['required', 'unknown', 'too_short', 'too_long', 'too_few', 'too_many', 'too_small', 'too_large', 'malformed'] as const
type FieldCode = (typeof FIELD_CODES)[number]

/** `limit`: the number that goes with "too": characters, entries, or the number itself. */
export interface FieldProblem {
  code: ErrorCode | FieldCode
  limit?: number
}

/** Reads what an answer says of a field; undefined: nothing that this version knows. */
export function readFieldProblem(value: unknown): FieldProblem | undefined {
  const { code, limit } = (value ?? {}) as { code?: unknown; limit?: unknown }
  if (!isErrorCode(code) && !FIELD_CODES.some((known) => known === code)) return undefined
  return { code: code as FieldProblem['code'], ...(typeof limit === 'number' ? { limit } : {}) }
}
