import type { Queryable } from '@chatflow/database'
import type { Mail, MailSender } from './mail-sender.ts'

export interface OutboxOptions {
  db: Queryable
  clock: () => number
  /** Hears one sentence for each mail, for the operator's console. */
  say: (sentence: string) => void
  /** Where the mails can be read; undefined: nowhere, the operator learns what to set. */
  page: string | undefined
}

/** Keeps mails where the operator of this machine can read them, for servers without SMTP. */
export function createOutboxSender({ db, clock, say, page }: OutboxOptions): MailSender {
  return {
    async send({ id, user, to, subject, text, html }) {
      const { rows } = await db.query<{ username: string | null }>(
        `WITH kept AS (
           INSERT INTO mail_outbox (id, user_id, recipient, subject, body, html, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (id) DO UPDATE SET body = excluded.body, html = excluded.html)
         SELECT username FROM users WHERE id = $2`,
        [id, user, to, subject, text, html, clock()],
      )
      say(`Mail to ${rows[0]?.username ?? 'a former account'}: ${subject} - ${page === undefined ? 'it cannot leave: set SMTP_URL' : `open ${page}`}`)
    },
    close() {},
  }
}

/** A mail of the outbox, as its page shows it. */
export type KeptMail = Pick<Mail, 'id' | 'to' | 'subject' | 'text'> & { sentAt: number }

/** The newest mails, at most `limit`. */
export async function keptMails(q: Queryable, limit: number): Promise<KeptMail[]> {
  const { rows } = await q.query<KeptMail>('SELECT id, recipient AS "to", subject, body AS text, sent_at AS "sentAt" FROM mail_outbox ORDER BY sent_at DESC, id DESC LIMIT $1', [limit])
  return rows
}

/** Mails whose links have ended are of no use. */
const KEPT_MS = 24 * 3_600_000

export async function sweepOutbox(q: Queryable, now: number): Promise<void> {
  await q.query('DELETE FROM mail_outbox WHERE sent_at <= $1', [now - KEPT_MS])
}
