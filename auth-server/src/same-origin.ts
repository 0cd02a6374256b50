import type { onRequestAsyncHookHandler } from 'fastify'
import { CodedError } from '@chatflow/shared/errors'

/**
 * Refuses requests that a page of another site made a browser send. A browser says so in `Sec-Fetch-Site`, or at least its `Origin`, which must
 * be the public address or the host that was asked; what sends neither is no browser and has no one's cookies.
 */
export function refuseCrossSite(publicUrl: string): onRequestAsyncHookHandler {
  const own = new URL(publicUrl).origin
  return async (request) => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined) {
      if (site !== 'same-origin') throw new CodedError('cross_site_refused')
      return
    }
    const { origin, host } = request.headers
    if (origin === undefined || origin === own) return
    if (!URL.canParse(origin) || host === undefined || new URL(origin).host !== host.toLowerCase()) throw new CodedError('cross_site_refused')
  }
}
