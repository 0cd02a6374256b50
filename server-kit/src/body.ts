import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { problem, type ErrorCode, type Problem } from '@chatflow/shared/errors'

/** Input that is refused, with a sentence for each wrong field that never repeats its value. Answered as `code`, mostly `invalid_input`. */
export class InvalidInput extends Error {
  readonly problem: Problem
  constructor(fields: Record<string, string>, code: ErrorCode = 'invalid_input') {
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

/** One sentence for each wrong field; what concerns the whole input stands under the empty name. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues.slice(0, MOST_FIELDS)) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.path.join('.')]
    for (const name of names.slice(0, MOST_FIELDS)) fields[name.slice(0, 100)] ??= issue.code === 'unrecognized_keys' ? 'unknown field' : issue.message
  }
  return fields
}

/** The same for what a route's schema refused. */
export function fieldsOfRoute(issues: readonly ZodFastifySchemaValidationError[]): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { keyword, instancePath, message, params } of issues.slice(0, MOST_FIELDS)) {
    const path = instancePath.split('/').filter(Boolean)
    const unknown = keyword === 'unrecognized_keys' ? (params as { keys: string[] }).keys : undefined
    const names = unknown?.map((key) => [...path, key].join('.')) ?? [path.join('.')]
    for (const name of names.slice(0, MOST_FIELDS)) fields[name.slice(0, 100)] ??= unknown ? 'unknown field' : (message ?? 'wrong')
  }
  return fields
}
