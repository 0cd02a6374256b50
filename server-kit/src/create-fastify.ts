import { randomUUID } from 'node:crypto'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { TrustProxy } from './config.ts'
import { connectionOptions, CONNECTIONS, limitHeaders, type Connections } from './connections.ts'
import { createHostCheck, refuseOtherHosts } from './host-check.ts'
import { describeRoutes } from './openapi.ts'
import { sendProblem } from './problems.ts'
import { addHeaders, securityHeaders } from './security-headers.ts'

export interface ServerOptions {
  log: Logger
  /** The address that people open: requests for other hosts are refused. Only tests go without. */
  publicUrl?: string
  /** As `SETTINGS.TRUST_PROXY` reads it. */
  trustProxy?: TrustProxy
  /** Largest body in bytes. Default 64 KiB. */
  bodyLimit?: number
  /** For tests that do not wait so long. */
  connections?: Connections
}

/**
 * A Fastify as both servers want it, not listening: errors as problem details, one log line for each request, by route and never by URL
 * (a query can hold a token). Unknown paths are for the caller: `createNotFoundHandler`, or a handler of its own that calls it.
 */
export function createFastify({ log, publicUrl, trustProxy = false, bodyLimit = 65_536, connections = CONNECTIONS }: ServerOptions): FastifyInstance {
  const headers = securityHeaders(publicUrl)
  const app = Fastify({
    ...connectionOptions(connections, headers),
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit,
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 500 },
  })
  limitHeaders(app, connections)
  addHeaders(app.server, headers)
  if (publicUrl !== undefined) app.addHook('onRequest', refuseOtherHosts(createHostCheck(publicUrl)))
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
