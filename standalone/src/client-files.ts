import { pageFor } from '@chatflow/server-kit/page-for'
import { createNotFoundHandler } from '@chatflow/server-kit/problems'
import { pagePolicy } from '@chatflow/server-kit/security-headers'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Paths that belong to the servers; the app's page never answers for them. */
const SERVER_PATH = /^\/(?:api|sync|yjs|\.well-known|healthz|readyz|metrics|dev\/mail)(?:[/?]|$)/
/** Vite puts a hash of the content into the names of these. */
const HASHED = /\/assets\//
const YEAR_SECONDS = 31_536_000

/**
 * Serves the built client from `folder`: its files under the page's policy, and its page for every navigation that no server answers (deep links).
 * Everything else that is unknown is a problem document. Without a folder there is nothing but those. `publicUrl`: the address that people open.
 * Call it before the servers' routes are registered: the answer for a wrong method knows the routes that come after.
 */
export async function serveClient(app: FastifyInstance, folder: string | undefined, publicUrl: string | undefined): Promise<void> {
  if (folder !== undefined) {
    const policy = pagePolicy(publicUrl)
    const setHeaders = (reply: FastifyReply, path: string): void => {
      reply.headers({ 'cache-control': cachingOf(path), 'content-security-policy': policy })
      // The only text among the files that is sent without its encoding.
      if (path.endsWith('.svg')) reply.type('image/svg+xml; charset=utf-8')
    }
    // There is a page for each language: no file stands for the folder itself, and the handler below chooses one.
    await app.register(fastifyStatic, { root: folder, index: false, allowedPath: (path) => path !== '/', preCompressed: true, cacheControl: false, dotfiles: 'ignore', setHeaders })
  }
  const notFound = createNotFoundHandler(app)
  app.setNotFoundHandler((request, reply) => {
    if (folder !== undefined && isNavigation(request)) void reply.header('vary', 'accept-language').sendFile(pageFor(request.headers['accept-language']).slice(1))
    else notFound(request, reply)
  })
}

function cachingOf(path: string): string {
  return HASHED.test(path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache'
}

/** A person opening an address, as opposed to a program fetching something. */
function isNavigation(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (SERVER_PATH.test(request.url)) return false
  // Whoever asks for the address alone means the page, a program too.
  if (/^\/(\?|$)/.test(request.url)) return true
  const mode = request.headers['sec-fetch-mode']
  return mode === undefined ? (request.headers.accept ?? '').includes('text/html') : mode === 'navigate'
}
