import swagger from '@fastify/swagger'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ERRORS, type ErrorCode } from '@chatflow/shared/errors'
import type { Access } from './access.ts'

/** A Fastify whose handlers get what the zod schemas of their route say. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** Where the description of all routes is served. */
export const OPENAPI_PATH = '/api/openapi.json'

/** What a route declares besides its inputs: a sentence, who may use it, and what it answers. */
declare module 'fastify' {
  interface FastifySchema {
    /** One sentence for people who read the API. */
    summary?: string
    /** `multipart` and the like, if not JSON. */
    consumes?: readonly string[]
  }
}

const fieldProblem = z.object({ code: z.string(), limit: z.number().optional() })

const problemSchema = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string().optional(), fields: z.record(z.string(), z.string()).optional(), wrong: z.record(z.string(), fieldProblem).optional() })
  .describe('RFC 9457 problem details')

/** The refusals of a route for its `response`, by status, each naming its codes. Those that any route may give are not listed. */
export function refusals(...codes: ErrorCode[]): Record<number, { description: string; content: { 'application/problem+json': { schema: z.ZodType } } }> {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [status, { description: of.join(', '), content: { 'application/problem+json': { schema: problemSchema } } }]),
  )
}

/** An answer without a body. */
export const NO_CONTENT = { 204: z.undefined().describe('done') } as const
/** The same for what is done later. */
export const ACCEPTED = { 202: z.undefined().describe('will be done') } as const

/**
 * Checks every input by the zod schema of its route, writes only what its answer's schema names, and describes all routes added from now on
 * at `OPENAPI_PATH`. A route under `/api` that does not say who may use it, or what it takes, stops the start.
 */
export function describeRoutes(app: FastifyInstance): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.addHook('onRoute', ({ url, method, config, schema }) => {
    if (!url.startsWith('/api/') && !url.startsWith('/.well-known/')) return
    if (config?.access === undefined || schema?.summary === undefined) throw new Error(`The route ${[method].flat().join(', ')} ${url} does not declare its access and its schema.`)
  })
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'ChatFlow', version: '1', description: 'The HTTP side of ChatFlow. Errors are problem details with a stable `code` (docs/PROTOCOL.md).' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, cookie: { type: 'apiKey', in: 'cookie', name: 'chatflow_session' } } },
    },
    transform: (document) => {
      const transformed = jsonSchemaTransform(document)
      const access = document.route.config?.access
      return { ...transformed, schema: access === undefined ? { hide: true } : { ...transformed.schema, security: securityOf(access), ...{ 'x-access': access } } }
    },
  })
  void app.register(async (scope) => {
    let text: string | undefined
    scope.get(
      OPENAPI_PATH,
      { config: { access: { who: 'anyone' } }, schema: { summary: 'This description.' } },
      async (_request, reply) => reply.type('application/json').send((text ??= JSON.stringify(withOptionalBodies(app.swagger())))),
    )
  })
}

interface Described {
  paths?: Record<string, Record<string, unknown> | undefined> | undefined
}

/** A body whose schema takes null may be missing; the generator calls every body required. */
function withOptionalBodies<D extends Described>(description: D): D {
  for (const operation of Object.values(description.paths ?? {}).flatMap((path) => Object.values(path ?? {}))) {
    const { requestBody: body } = operation as { requestBody?: { required?: boolean; content: Record<string, { schema?: { anyOf?: { type?: string }[] } }> } }
    if (body && Object.values(body.content).some(({ schema }) => schema?.anyOf?.some(({ type }) => type === 'null'))) body.required = false
  }
  return description
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access.who === 'anyone') return []
  return access.who === 'cookie' ? [{ cookie: [] }] : [{ bearer: [] }]
}
