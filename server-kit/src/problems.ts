import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CodedError, ERRORS, ExtendedError, problem, type ErrorCode, type Problem } from '@chatflow/shared/errors'
import { fieldsOf, fieldsOfRoute, InvalidInput } from './body.ts'

interface Answer {
  problem: Problem
  retryAfter?: number | undefined
  /** Set if the fault is ours and belongs in the log with its stack. */
  fault?: unknown
}

/**
 * Fastify's error handler: answers everything a route throws as RFC 9457 problem details with a code of the table.
 * Each is logged, at the level of the table; a fault of ours with the request's id, and the answer tells only that id.
 */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerOf(error)
  const { code, status } = answer.problem
  if (answer.retryAfter !== undefined) reply.header('retry-after', String(answer.retryAfter))
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  const level = ERRORS[code].level
  if (answer.fault !== undefined) request.log[level]({ err: answer.fault, code }, 'request failed')
  // By route and account, never by what was sent: failed authorisation and wrong input are to be found in the log.
  else request.log[level]({ code, method: request.method, route: request.routeOptions.url ?? '-', ...(request.caller ? { user: request.caller.user } : {}) }, 'request refused')
  const body = status >= 500 ? { ...answer.problem, instance: `urn:chatflow:request:${request.id}` } : answer.problem
  void reply.status(status).type('application/problem+json').send(body)
}

/**
 * A not-found handler that knows the routes added to `app` from now on: the path of another method is answered 405 with `Allow`.
 * For servers that have something else to say at unknown paths (the client's pages), to be called for the rest.
 */
export function createNotFoundHandler(app: FastifyInstance): (request: FastifyRequest, reply: FastifyReply) => void {
  const routes: { method: string; pattern: RegExp }[] = []
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.push({ method, pattern: patternOf(route.url) })
  })
  return (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const allowed = routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    if (allowed.length > 0) reply.header('allow', [...new Set(allowed)].join(', '))
    sendProblem(new CodedError(allowed.length > 0 ? 'method_not_allowed' : 'not_found'), request, reply)
  }
}

function patternOf(url: string): RegExp {
  const source = url.split('/').map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replaceAll(/[^\w-]/g, '\\$&')))
  return new RegExp(`^${source.join('/')}$`)
}

/** Fastify's own refusals, by its codes. */
const OF_FASTIFY: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_input',
  FST_ERR_NOT_FOUND: 'not_found',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

function answerOf(error: unknown): Answer {
  if (error instanceof InvalidInput) return { problem: error.problem }
  if (hasZodFastifySchemaValidationErrors(error)) return { problem: problem('invalid_input', undefined, fieldsOfRoute(error.validation)) }
  if (error instanceof z.ZodError) return { problem: problem('invalid_input', undefined, fieldsOf(error)) }
  if (error instanceof CodedError) {
    const fault = ERRORS[error.code].level === 'error' ? error : undefined
    const extension = error instanceof ExtendedError ? error.extension : undefined
    return { problem: { ...problem(error.code, error.detail), ...extension }, retryAfter: error.retryAfter, fault }
  }
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>
  const known = OF_FASTIFY[code ?? '']
  if (known) return { problem: problem(known) }
  // The body parser's own errors carry a status below 500: never passed on, their messages may quote the body.
  if (error instanceof SyntaxError && statusCode === 400) return { problem: problem('invalid_json') }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return { problem: problem('invalid_input') }
  if (isOutage(error)) return { problem: problem('unavailable'), retryAfter: 1, fault: error }
  return { problem: problem('internal'), fault: error }
}

/** The database cannot be reached, or is starting, stopping or overloaded: nothing of ours is wrong, and a retry makes sense. */
function isOutage(error: unknown): boolean {
  const { code, problem: kind } = (error ?? {}) as { code?: unknown; problem?: unknown }
  if (kind === 'crashed' || kind === 'closed' || kind === 'unreachable') return true
  if (typeof code === 'string' && /^(08...|53...|57...|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/.test(code)) return true
  // What `pg` says without a code when a connection is lost or does not come about.
  return error instanceof Error && /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/.test(error.message)
}
