import { createTransport } from 'nodemailer'
import { MailError, type MailSender } from './mail-sender.ts'

export interface SmtpOptions {
  /** `smtp://` (STARTTLS where it is offered; `?requireTLS=true` insists) or `smtps://`, with user and password. */
  url: string
  /** The sender, `Name <address>` or an address. */
  from: string
  /** The address people open: what follows the `@` of Message-IDs. */
  publicUrl: string
  /** For tests that do not wait so long, ms. */
  timeouts?: { reply: number; whole: number }
}

/** A server that says nothing is given up after `reply`; one that trickles, after `whole`: well before the job counts as abandoned. */
const TIMEOUTS = { reply: 15_000, whole: 60_000 }
/** As many as a worker does at once. */
const CONNECTIONS = 4

/** Hands mails to an SMTP server, over connections that are kept for the next one. */
export function createSmtpSender({ url, from, publicUrl, timeouts = TIMEOUTS }: SmtpOptions): MailSender {
  const { reply, whole } = timeouts
  const transport = createTransport({
    url,
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
        throw new MailError(codeOf(error))
      }
    },
    close() {
      closing.abort()
      transport.close({ force: true })
    },
  }
}

function codeOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown }
  return [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ') || 'unknown'
}
