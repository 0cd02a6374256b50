import type { Database } from '@chatflow/database'
import { isLocal } from '@chatflow/server-kit/config'
import type { MailSender } from './mail-sender.ts'
import { createOutboxSender } from './outbox-sender.ts'
import { createSmtpSender } from './smtp-sender.ts'

/** Where the outbox can be read by who sits at the machine. */
export const OUTBOX_PATH = '/dev/mail'

export interface MailOptions {
  db: Database
  publicUrl: string
  /** `SMTP_URL`; undefined: mails are kept in the outbox. */
  smtpUrl?: string | undefined
  /** `MAIL_FROM`; undefined: `chatflow@` the host of the public address. */
  mailFrom?: string | undefined
  clock: () => number
  /** The operator's console. */
  say: (sentence: string) => void
}

export interface OpenMail {
  sender: MailSender
  /**
   * How far mails get. `outbox`: read by the operator at `OUTBOX_PATH`. `nowhere`: a public server without SMTP, which can ask nobody to confirm
   * an address (docs/decisions/mail.md).
   */
  reach: 'smtp' | 'outbox' | 'nowhere'
}

export function openMail({ db, publicUrl, smtpUrl, mailFrom, clock, say }: MailOptions): OpenMail {
  const { hostname } = new URL(publicUrl)
  if (smtpUrl !== undefined) {
    return { reach: 'smtp', sender: createSmtpSender({ url: smtpUrl, from: mailFrom ?? `ChatFlow <chatflow@${hostname}>`, publicUrl }) }
  }
  const readable = isLocal(hostname)
  return { reach: readable ? 'outbox' : 'nowhere', sender: createOutboxSender({ db, clock, say, page: readable ? `${publicUrl}${OUTBOX_PATH}` : undefined }) }
}
