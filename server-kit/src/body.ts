import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { problem, type ErrorCode, type Problem, type WrongField } from '@chatflow/shared/errors'

/** Input that is refused, with a code and a sentence for each wrong field that never repeat its value. Answered as `code`, mostly `invalid_input`. */
export class InvalidInput extends Error {
  readonly problem: Problem
  constructor(fields: Record<string, WrongField>, code: ErrorCode = 'invalid_input') {
    super(code)
    this.name = 'InvalidInput'
    this.problem = problem(code, undefined, fields)
  }
}

/** An answer names so many wrong fields, not as many as somebody sends. */
const MOST_FIELDS = 20

/** Checks a body, query or parameters by `schema` and returns what it gives. Throws `InvalidInput`. */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new InvalidInput(fieldsOf(result.error))
}

/** What is wrong with each field; what concerns the whole input stands under the empty name. */
export function fieldsOf(error: z.ZodError): Record<string, WrongField> {
  return collect(error.issues.map((issue) => ({ ...(issue as Issue), path: issue.path.map(String) })))
}

/** The same for what a route's schema refused. */
export function fieldsOfRoute(issues: readonly ZodFastifySchemaValidationError[]): Record<string, WrongField> {
  return collect(issues.map(({ keyword, instancePath, message, params }) => ({ ...params, code: keyword, message, path: instancePath.split('/').filter(Boolean) })))
}

/** What zod says of one problem, as far as it is used here. */
interface Issue {
  code?: string | undefined
  message?: string | undefined
  path: string[]
  keys?: string[]
  /** Of "too_small" and "too_big": what is measured, and with what. */
  origin?: string
  minimum?: number | bigint
  maximum?: number | bigint
}

function collect(issues: readonly Issue[]): Record<string, WrongField> {
  const fields: Record<string, WrongField> = {}
  for (const issue of issues.slice(0, MOST_FIELDS)) {
    const names = issue.code === 'unrecognized_keys' ? (issue.keys ?? []).map((key) => [...issue.path, key].join('.')) : [issue.path.join('.')]
    for (const name of names.slice(0, MOST_FIELDS)) fields[name.slice(0, 100)] ??= wrongField(issue)
  }
  return fields
}

/** Codes of a limit that was missed, of what zod measures; a number's where it is nothing of these. */
const OF_NUMBER = ['too_small', 'too_large'] as const
const OF_SIZE = new Map([
  ['string', ['too_short', 'too_long'] as const],
  ['array', ['too_few', 'too_many'] as const],
])

function wrongField({ code, message = 'wrong', origin = '', minimum, maximum }: Issue): WrongField {
  const size = OF_SIZE.get(origin)
  const [below, above] = size ?? OF_NUMBER
  switch (code) {
    case 'unrecognized_keys':
      return { code: 'unknown', says: 'unknown field' }
    case 'invalid_type':
      // Zod keeps what it got out of its issues, and in their sentences.
      return { code: message.endsWith('received undefined') ? 'required' : 'malformed', says: message }
    case 'too_small':
      if (size !== undefined && Number(minimum) === 1) return { code: 'required', says: message }
      return { code: below, limit: Number(minimum), says: message }
    case 'too_big':
      return { code: above, limit: Number(maximum), says: message }
    default:
      return { code: 'malformed', says: message }
  }
}
