import type { Server, ServerResponse } from 'node:http'

/** The hash of nothing: MUI adds a style element that is empty, and fills it through the CSSOM, which the policy leaves to scripts. */
const NO_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

/**
 * The headers of every answer. The policy lets the page run only its own files, talk only to its own origin, and be framed by nobody; nothing is
 * written inline, and no string becomes a script.
 * `publicUrl`: the address that people open; its WebSocket twin is named because older browsers do not count it as 'self'.
 */
export function securityHeaders(publicUrl: string | undefined): Record<string, string> {
  const { protocol, host } = new URL(publicUrl ?? 'http://localhost')
  const secure = protocol === 'https:'
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' ${NO_STYLE}`,
    publicUrl === undefined ? "connect-src 'self'" : `connect-src 'self' ${secure ? 'wss' : 'ws'}://${host}`,
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
    'trusted-types chatflow',
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
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
