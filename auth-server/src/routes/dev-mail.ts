import { createHash } from 'node:crypto'
import { BlockList } from 'node:net'
import { isLocal } from '@chatflow/server-kit/config'
import type { App } from '@chatflow/server-kit/openapi'
import { CodedError } from '@chatflow/shared/errors'
import type { FastifyRequest, onSendAsyncHookHandler } from 'fastify'
import type { AuthContext } from '../context.ts'
import { OUTBOX_PATH } from '../mail/open-sender.ts'
import { keptMails, type KeptMail } from '../mail/outbox-sender.ts'
import { escapeHtml } from '../mail/render-mail.ts'

const SHOWN = 100
const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.25rem; }
article { border: 1px solid color-mix(in srgb, currentcolor 20%, transparent); border-radius: 12px; padding: 4px 16px; margin: 16px 0; }
h2 { font-size: 1rem; margin: 12px 0 0; }
.to { opacity: 0.75; margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
`
/** Nothing runs here, nothing is loaded, nothing is sent: the style is the only thing this page may have. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * `GET /dev/mail`: the mails of a server without SMTP, newest first, for whoever sits at its machine. Answers `not_found` to everyone else: mails hold links
 * that open accounts.
 */
export function devMailRoute(app: App, { db, publicUrl, mailReach }: AuthContext): void {
  const onSend: onSendAsyncHookHandler = async (_request, reply) => {
    reply.header('content-security-policy', POLICY)
  }
  app.get(OUTBOX_PATH, { onSend }, async (request, reply) => {
    if (mailReach !== 'outbox' || !isLocal(new URL(publicUrl).hostname) || !comesFromHere(request)) throw new CodedError('not_found')
    reply.type('text/html; charset=utf-8')
    return page(await keptMails(db, SHOWN))
  })
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')
LOOPBACK.addSubnet('::ffff:127.0.0.0', 104, 'ipv6')

/**
 * The connection is one of this machine's, passed on by nobody, and asks for this machine by name: a page of another site whose
 * name was made to point here does not get in.
 */
function comesFromHere({ raw, ip, headers }: FastifyRequest): boolean {
  const isLoopback = (address: string | undefined): boolean => address !== undefined && LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
  const passedOn = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined || headers['x-real-ip'] !== undefined
  const host = `http://${headers.host ?? ''}`
  return !passedOn && isLoopback(raw.socket.remoteAddress) && isLoopback(ip) && URL.canParse(host) && isLocal(new URL(host).hostname)
}

function page(mails: readonly KeptMail[]): string {
  const list = mails.map(article).join('\n') || '<p>There are no mails yet.</p>'
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails · ChatFlow</title><style>${STYLE}</style></head>
<body><h1>Mails of this server</h1><p>SMTP_URL is not set, so mails stay here for a day. Only this machine sees this page. Reload it for new ones.</p>
${list}
</body></html>`
}

function article({ id, to, subject, text, sentAt }: KeptMail): string {
  const linked = escapeHtml(text).replaceAll(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}" rel="noreferrer">${link}</a>`)
  const time = new Date(sentAt).toISOString()
  return `<article id="${id}"><h2>${escapeHtml(subject)}</h2><p class="to">To ${escapeHtml(to)} · <time datetime="${time}">${time.slice(0, 19).replace('T', ' ')} UTC</time></p><pre>${linked}</pre></article>`
}
