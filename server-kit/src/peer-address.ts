import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import type { TrustProxy } from './config.ts'

/**
 * Answers whom a request comes from, as `request.ip` of Fastify does: the peer of the connection, or what a proxy that `TRUST_PROXY` names says of it.
 * For what never reaches Fastify: upgrades of sockets.
 */
export function createPeerAddress(trustProxy: TrustProxy): (request: IncomingMessage) => string {
  if (trustProxy === false) return (request) => request.socket.remoteAddress ?? ''
  const trusted = trustProxy === true ? () => true : proxyAddr.compile(trustProxy)
  return (request) => proxyAddr(request, trusted) ?? ''
}
