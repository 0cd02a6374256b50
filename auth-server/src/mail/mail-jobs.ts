import type { Database } from '@chatflow/database'
import type { JobHandlers } from '@chatflow/server-kit/jobs/job-worker'
import type { Id } from '@chatflow/shared/ids'
import { issueToken, type EmailTokenKind } from '../email-tokens.ts'
import { findByLogin } from '../users.ts'
import type { MailSender } from './mail-sender.ts'
import type { TextName } from './mail-text.ts'
import { textsIn } from './mail-texts.ts'
import { oneLine, renderMail } from './render-mail.ts'

export interface MailJobOptions {
  db: Database
  sender: MailSender
  /** The address people open: links come from here and from nowhere else. */
  publicUrl: string
  clock: () => number
}

interface Recipient {
  id: Id
  email: string | null
  pending_email: string | null
  display_name: string
  language: string | null
  email_verified_at: number | null
  disabled_at: number | null
}

const PAGE_OF: Record<EmailTokenKind, string> = { verify_email: 'verify', change_email: 'verify', reset_password: 'reset' }

/** What the auth-server's worker does about mails. A repeat sends the same mail again, with the same Message-ID. */
export function createMailJobs({ db, sender, publicUrl, clock }: MailJobOptions): Pick<JobHandlers, 'mail' | 'password.forgot' | 'language.changed'> {
  async function send(job: Id, text: TextName, user: Recipient, to: string, facts: Readonly<Record<string, string>> = {}): Promise<void> {
    const { language, mails } = textsIn(user.language)
    const words = mails.texts[text](Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, oneLine(value)])))
    const kind = words.action?.kind
    // The token is there before the mail is: whoever reads it at once can use it.
    const token = kind && (await db.tx((q) => issueToken(q, { user: user.id, kind, email: to, now: clock(), job })))
    const link = kind && `${publicUrl}/#/${PAGE_OF[kind]}/${token}`
    await sender.send({ id: job, user: user.id, to, ...renderMail(words, { language, hello: mails.greeting(oneLine(user.display_name)) }, link) })
  }

  return {
    async mail({ user: id, template, facts, to }, { id: job }) {
      const user = await find(db, id)
      if (!user) return
      if (template === 'email_change') return change(job, user)
      // Confirmed in the meantime: the link would have nothing left to do.
      if (template === 'email_verify' && user.email_verified_at !== null) return
      const address = to ?? user.email
      if (address !== null) await send(job, template, user, address, facts)
    },

    async 'language.changed'({ user, language }) {
      await db.query('UPDATE users SET language = $2 WHERE id = $1', [user, language])
    },

    async 'password.forgot'({ email }, { id: job }) {
      const found = await findByLogin(db, email)
      if (!found || found.disabled_at !== null) return
      const user = await find(db, found.id)
      if (user?.email) await send(job, 'password_reset', user, user.email)
    },
  }

  /** An address that is somebody's already gets a mail about it instead of a link. */
  async function change(job: Id, user: Recipient): Promise<void> {
    if (user.pending_email === null) return
    const owner = await findByLogin(db, user.pending_email)
    if (!owner) return send(job, 'email_change', user, user.pending_email)
    const recipient = owner.id === user.id ? undefined : await find(db, owner.id)
    if (recipient?.email) await send(job, 'address_taken', recipient, recipient.email)
  }
}

async function find(db: Database, id: Id): Promise<Recipient | undefined> {
  const { rows } = await db.query<Recipient>('SELECT id, email, pending_email, display_name, language, email_verified_at, disabled_at FROM users WHERE id = $1', [id])
  return rows[0]
}

