import type { FastifyInstance } from 'fastify'

/**
 * Puts the security headers on every answer. The policy lets the page run only its own files, talk only to its own origin,
 * and be framed by nobody. Styles may be inline because MUI writes them so.
 */
export function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const headers = securityHeaders(publicUrl)
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.headers(headers)
    return payload
  })
}

/** `publicUrl`: the address that people open; its WebSocket twin is named because older browsers do not count it as 'self'. */
function securityHeaders(publicUrl: string): Record<string, string> {
  const { protocol, host } = new URL(publicUrl)
  const secure = protocol === 'https:'
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${secure ? 'wss' : 'ws'}://${host}`,
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
