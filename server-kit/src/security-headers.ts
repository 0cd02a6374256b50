import type { Server, ServerResponse } from 'node:http'
import { isLocal } from './config.ts'

/** The hash of nothing: MUI adds a style element that is empty, and fills it through the CSSOM, which the policy leaves to scripts. */
const NO_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

/** Of everything that is no page of the client: whoever opens it as one gets a document that shows nothing, runs nothing and has no origin. */
const NO_DOCUMENT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

/**
 * The headers of every answer, which is taken for no document: what the client's files carry instead is `pagePolicy`.
 * `publicUrl`: the address that people open.
 */
export function securityHeaders(publicUrl: string | undefined): Record<string, string> {
  return {
    'content-security-policy': NO_DOCUMENT,
    // What may be kept says so itself: the client's files, pictures, public keys.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(insistsOnHttps(publicUrl) ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/**
 * The policy of the client's files: the page runs only its own files, talks only to its own origin, and is framed by nobody; nothing is written
 * inline, and no string becomes a script. A worker lives by the policy of its own file, so all of them carry it.
 * `publicUrl`: its WebSocket twin is named because older browsers do not count it as 'self'.
 */
export function pagePolicy(publicUrl: string | undefined): string {
  const { protocol, host } = new URL(publicUrl ?? 'http://localhost')
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' ${NO_STYLE}`,
    publicUrl === undefined ? "connect-src 'self'" : `connect-src 'self' ${protocol === 'https:' ? 'wss' : 'ws'}://${host}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // The editor of notes reads what is pasted in a document that runs nothing and is never shown (docs/decisions/notes-editor.md).
    'trusted-types chatflow ProseMirrorClipboard',
  ].join('; ')
}

/** Browsers keep it for the host and all names below, for a year: not for a localhost, which other programs of that machine share. */
function insistsOnHttps(publicUrl: string | undefined): boolean {
  if (publicUrl === undefined) return false
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' && !isLocal(hostname)
}

/**
 * Puts `headers` on everything that the server answers before anybody else sees the request, so that no way of failing is without them;
 * a route may set others of the same name. What goes to a bare socket (`raw-answer.ts`) carries them by itself.
 */
export function addHeaders(server: Server, headers: Record<string, string>): void {
  const put = (response: ServerResponse): void => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  }
  server.prependListener('request', (_request, response) => put(response))
  // Node would answer by itself, without a word.
  server.on('checkExpectation', (_request, response) => {
    put(response)
    response.writeHead(417, { connection: 'close', 'content-length': '0' }).end()
  })
}
