import { randomUUID } from 'node:crypto'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { TrustProxy } from './config.ts'
import { describeRoutes } from './openapi.ts'
import { sendProblem } from './problems.ts'

export interface ServerOptions {
  log: Logger
  /** As `SETTINGS.TRUST_PROXY` reads it. */
  trustProxy?: TrustProxy
  /** Largest body in bytes. Default 64 KiB. */
  bodyLimit?: number
}

/**
 * A Fastify as both servers want it, not listening: errors as problem details, one log line for each request, by route and never by URL
 * (a query can hold a token). Unknown paths are for the caller: `createNotFoundHandler`, or a handler of its own that calls it.
 */
export function createFastify({ log, trustProxy = false, bodyLimit = 65_536 }: ServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 500 },
  })
  // Fastify takes text as well; everything here is JSON.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendProblem)
  describeRoutes(app)
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    request.log.info({ method, route: routeOptions.url ?? '-', status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  return app
}
