import type { z } from 'zod'
import { problem, type Problem } from '@chatflow/shared/errors'

/** Input that a schema refuses; answered as `invalid_input` with the wrong `fields`. Sentences name the field, never its value. */
export class InvalidInput extends Error {
  readonly problem: Problem
  constructor(fields: Record<string, string>) {
    super('invalid_input')
    this.name = 'InvalidInput'
    this.problem = problem('invalid_input', undefined, fields)
  }
}

/** Checks a body, query or parameters by `schema` and returns what it gives. Throws `InvalidInput`. */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new InvalidInput(fieldsOf(result.error))
}

/** One sentence for each wrong field; what concerns the whole input stands under the empty name. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [issue.path.join('.')]
    for (const name of names) fields[name.slice(0, 100)] ??= issue.code === 'unrecognized_keys' ? 'unknown field' : issue.message
  }
  return fields
}
