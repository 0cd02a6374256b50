import { isLocal } from '@chatflow/server-kit/config'
import { createTransport } from 'nodemailer'
import { MailError, type MailSender } from './mail-sender.ts'

export interface SmtpOptions {
  /** `SMTP_URL`: see `smtpAddress`. */
  url: string
  /** The sender, `Name <address>` or an address. */
  from: string
  /** The address people open: what follows the `@` of Message-IDs. */
  publicUrl: string
  /** For tests that do not wait so long, ms. */
  timeouts?: { reply: number; whole: number }
  /** PEM of an authority to trust instead of those that Node knows. */
  authority?: string
}

/** A server that says nothing is given up after `reply`; one that trickles, after `whole`: well before the job counts as abandoned. */
const TIMEOUTS = { reply: 15_000, whole: 60_000 }
/** As many as a worker does at once. */
const CONNECTIONS = 4

/** Hands mails to an SMTP server, over connections that are kept for the next one. */
export function createSmtpSender({ url, from, publicUrl, timeouts = TIMEOUTS, authority }: SmtpOptions): MailSender {
  const { reply, whole } = timeouts
  const transport = createTransport({
    ...smtpAddress(url),
    // Said once more, so that it is not a matter of defaults.
    tls: { rejectUnauthorized: true, ...(authority !== undefined && { ca: authority }) },
    pool: true,
    maxConnections: CONNECTIONS,
    // The job queue tries again, and knows how often it did.
    maxRequeues: 0,
    dnsTimeout: reply,
    connectionTimeout: reply,
    greetingTimeout: reply,
    socketTimeout: reply,
    // Nothing in a mail makes this process read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const closing = new AbortController()
  const { hostname } = new URL(publicUrl)
  return {
    async send({ id, to, subject, text, html }) {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(whole)])
      const mail = { from, to: { name: '', address: to }, subject, text, html, messageId: `<${id}@${hostname}>`, headers: { 'Auto-Submitted': 'auto-generated' } }
      try {
        await transport.sendMail({ ...mail, signal })
      } catch (error) {
        throw new MailError(codeOf(error), { final: isRefusedForGood(error) })
      }
    },
    close() {
      closing.abort()
      transport.close({ force: true })
    },
  }
}

/**
 * Where mails go by `SMTP_URL`: `smtps://` or `smtp://`, with user and password. To a host that is not this machine a password and a link for a new one travel only encrypted:
 * `smtp://` insists on STARTTLS, unless `?requireTLS=false` says that what lies between is trusted.
 */
export function smtpAddress(smtpUrl: string): { url: string; requireTLS: boolean } {
  const url = new URL(smtpUrl)
  const said = url.searchParams.get('requireTLS')
  url.search = ''
  return { url: url.href, requireTLS: said === null ? !isLocal(url.hostname) : said === 'true' }
}

/** The server has answered the recipient's address with a 5xx: not the sender's, not the connection's. */
function isRefusedForGood(error: unknown): boolean {
  const { command, responseCode } = (error ?? {}) as { command?: unknown; responseCode?: unknown }
  return command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500 && responseCode < 600
}

function codeOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown }
  return [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ') || 'unknown'
}
