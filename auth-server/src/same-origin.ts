import type { onRequestAsyncHookHandler } from 'fastify'
import { CodedError } from '@chatflow/shared/errors'

/**
 * Refuses requests that a page of another site made a browser send. A browser says so in `Sec-Fetch-Site`, or at least its `Origin`, which must
 * be the public address or the host that was asked (this machine has several names, and host-check.ts lets no others through); what sends neither
 * is no browser and has no one's cookies.
 */
export function refuseCrossSite(publicUrl: string): onRequestAsyncHookHandler {
  const { origin: own, protocol } = new URL(publicUrl)
  return async (request) => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined) {
      if (site !== 'same-origin') throw new CodedError('cross_site_refused')
      return
    }
    const { origin, host } = request.headers
    if (origin === undefined || origin === own) return
    if (host === undefined || origin !== `${protocol}//${host.toLowerCase()}`) throw new CodedError('cross_site_refused')
  }
}
