import type { Access } from '@chatflow/server-kit/access'
import type { CoreSchema } from './values.ts'

/** What a route takes in its body, if anything. */
export interface Body {
  /** False where the schema takes null: then nothing at all does as well. */
  required: boolean
  /** `application/json`, or what a route with raw bytes takes. */
  contentType: string
  schema: CoreSchema
}

export interface Parameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: CoreSchema
}

/** One method of one path, as `/api/openapi.json` describes it. */
export interface Operation {
  /** `POST /api/rooms/{room}`. */
  name: string
  method: Method
  path: string
  access: Access
  parameters: readonly Parameter[]
  body: Body | undefined
  /** Codes that its refusals name, besides those that any route may give. */
  codes: readonly string[]
}

export interface Description {
  operations: readonly Operation[]
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]

interface RawOperation {
  parameters?: { name: string; in: string; required?: boolean; schema?: CoreSchema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema?: CoreSchema }> }
  responses?: Record<string, { description?: string }>
  'x-access'?: Access
}

/** Reads an OpenAPI document. Throws if an operation does not say who may use it. */
export function readDescription(document: object): Description {
  const { paths } = document as { paths: Record<string, Record<string, RawOperation>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => readOperation(method.toUpperCase() as Method, path, raw)),
  )
  return { operations }
}

function readOperation(method: Method, path: string, raw: RawOperation): Operation {
  const name = `${method} ${path}`
  const access = raw['x-access']
  if (access === undefined) throw new Error(`${name} does not say who may use it.`)
  const [contentType, content] = Object.entries(raw.requestBody?.content ?? {})[0] ?? []
  const schema = content?.schema ?? {}
  const parameters = (raw.parameters ?? []).flatMap(({ name: parameter, in: place, required = false, schema: of = {} }) =>
    place === 'path' || place === 'query' ? [{ name: parameter, in: place, required, schema: of } as const] : [],
  )
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const undescribed = inPath.filter((each) => !parameters.some((parameter) => parameter.in === 'path' && parameter.name === each))
  return {
    name,
    method,
    path,
    access,
    parameters: [...parameters, ...undescribed.map((each) => ({ name: each, in: 'path', required: true, schema: { type: 'string' } }) as const)],
    body: contentType === undefined ? undefined : { required: raw.requestBody?.required === true, contentType, schema },
    codes: Object.values(raw.responses ?? {}).flatMap(({ description = '' }) => description.split(', ')),
  }
}
