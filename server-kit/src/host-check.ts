import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { CodedError } from '@chatflow/shared/errors'
import { isLocal } from './config.ts'

/** Asked by balancers, scrapers and the other server, who come by whatever address they know. Nothing in the answers depends on who asks. */
const ANY_HOST = new Set(['/healthz', '/readyz', '/metrics', '/.well-known/jwks.json'])
const HERE = new Set(['localhost', '127.0.0.1', '[::1]'])
const HOST = /^[a-z0-9._-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i

/** Says of a request whether it was meant for this server. */
export type HostCheck = (request: Pick<IncomingMessage, 'rawHeaders' | 'headers' | 'socket'>) => boolean

/**
 * Only the host of `publicUrl` is answered; while that is this machine, its names at that port or at the one in use. So a page of another site whose
 * name was made to point here (DNS rebinding) gets nothing, and no link can be made from a header. Forwarded hosts are not read: a proxy passes `Host` on.
 */
export function createHostCheck(publicUrl: string): HostCheck {
  const own = new URL(publicUrl)
  return ({ headers, rawHeaders, socket }) => {
    const { host } = headers
    if (host === undefined || !HOST.test(host) || rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1) return false
    const url = `${own.protocol}//${host}`
    if (!URL.canParse(url)) return false
    const asked = new URL(url)
    if (asked.host === own.host) return true
    return isLocal(own.hostname) && HERE.has(asked.hostname) && (asked.port === own.port || asked.port === portOf(socket.localPort, own.protocol))
  }
}

/** As `URL` writes it: the usual one is empty. */
function portOf(port: number | undefined, protocol: string): string | undefined {
  return port === (protocol === 'https:' ? 443 : 80) ? '' : port?.toString()
}

/** An onRequest hook: refuses what is meant for another host with `host_unknown`. */
export function refuseOtherHosts(check: HostCheck): (request: FastifyRequest) => Promise<void> {
  return async ({ raw, routeOptions }) => {
    if (!ANY_HOST.has(routeOptions.url ?? '') && !check(raw)) throw new CodedError('host_unknown')
  }
}
