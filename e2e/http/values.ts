import { newId } from '@chatflow/shared/ids'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** As much of a JSON schema as routes and commands use. */
export interface CoreSchema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  examples?: unknown[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: CoreSchema
  properties?: Record<string, CoreSchema>
  required?: string[]
  additionalProperties?: boolean | CoreSchema
  anyOf?: CoreSchema[]
  oneOf?: CoreSchema[]
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const ajv = new Ajv2020({ strict: false, validateFormats: false })

/** Says of a value whether `schema`, as it is published, takes it. */
export function oracleOf(schema: CoreSchema): (value: unknown) => boolean {
  const validate = ajv.compile(schema)
  return (value) => validate(value)
}

/** A value that `schema` takes, optional fields included. What a schema cannot say (the name must be free, say) is for `samples.ts`. */
export function sampleOf(schema: CoreSchema): Json {
  if (schema.examples?.[0] !== undefined) return schema.examples[0] as Json
  if (schema.const !== undefined) return schema.const as Json
  if (schema.enum?.[0] !== undefined) return schema.enum[0] as Json
  const choice = (schema.oneOf ?? schema.anyOf)?.[0]
  if (choice !== undefined) return sampleOf(choice)
  switch ([schema.type ?? 'object'].flat()[0]) {
    case 'string':
      return sampleText(schema)
    case 'integer':
    case 'number':
      return Math.min(Math.max(schema.minimum ?? 1, 1), schema.maximum ?? 1)
    case 'boolean':
      return true
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => sampleOf(schema.items ?? {}))
    case 'null':
      return null
    default:
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, sampleOf(inner)]))
  }
}

function sampleText({ format, pattern, minLength = 0, maxLength = 100 }: CoreSchema): string {
  if (format === 'uuid') return newId()
  if (format === 'email') return 'somebody@example.org'
  if (format === 'uri' || format === 'url') return 'https://example.org/'
  if (pattern?.includes('0-9a-f') === true || minLength > 20) return 'a'.repeat(Math.max(minLength, 1))
  return 'sample text'.slice(0, maxLength).padEnd(minLength, '.')
}

/** The alternatives that a value of `sample`'s form belongs to: what its fields may be. */
export function schemaFor(schema: CoreSchema, sample: Json): CoreSchema {
  const choices = schema.oneOf ?? schema.anyOf
  if (choices === undefined) return schema
  const chosen = choices.find((choice) => oracleOf(choice)(sample)) ?? choices[0] ?? {}
  return schemaFor(chosen, sample)
}
