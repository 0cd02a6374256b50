import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { openInProcessDatabase } from '@chatflow/database/testing'
import { migrateKit } from '@chatflow/server-kit/migrate-kit'
import { migrate } from '@chatflow/database'
import { newId, type Id } from '@chatflow/shared/ids'
import { makeCertificate, type TestCertificate } from '../testing/certificates.ts'
import { startSmtp, type TestSmtp } from '../testing/start-smtp.ts'
import type { Mail, MailSender } from './mail-sender.ts'
import { textsIn } from './mail-texts.ts'
import { createOutboxSender, keptMails } from './outbox-sender.ts'
import { oneLine, renderMail } from './render-mail.ts'
import { createSmtpSender, smtpAddress } from './smtp-sender.ts'

let db: Database
let smtp: TestSmtp
let user: Id

beforeAll(async () => {
  db = await openInProcessDatabase()
  await migrateKit(db)
  await migrate(db, 'auth', new URL('../migrations/', import.meta.url))
  smtp = await startSmtp()
  user = newId()
  await db.query("INSERT INTO users (id, email, username, display_name, role, created_at) VALUES ($1, 'ada@example.org', 'ada', 'Ada', 'member', 1)", [user])
})
afterAll(async () => {
  await smtp.stop()
  await db.close()
})

interface Arrived {
  to: string
  subject: string
  /** Decoded. */
  text: string
  id: string
}

/** Each way that mails go, with what arrives at its end. */
const WAYS: { name: string; open: () => MailSender; arrived: () => Promise<Arrived[]> }[] = [
  {
    name: 'smtp',
    open: () => createSmtpSender({ url: smtp.url, from: 'ChatFlow <chat@example.org>', publicUrl: 'https://chat.example.org' }),
    arrived: async () => smtp.mails.map(({ to, raw }) => ({ to: to.join(), subject: header(raw, 'Subject'), text: plainPart(raw), id: /<([^@>]+)@/.exec(header(raw, 'Message-ID'))?.[1] ?? '' })),
  },
  {
    name: 'outbox',
    open: () => createOutboxSender({ db, clock: Date.now, say: () => {}, page: undefined }),
    arrived: async () => (await keptMails(db, 100)).map(({ id, to, subject, text }) => ({ id, to, subject, text })),
  },
]

function mailFor(name: string, link = 'https://chat.example.org/#/verify/token'): Mail {
  return { id: newId(), user, to: 'ada@example.org', ...renderMail(textsIn(null).mails.texts.email_verify({}), { language: 'en', hello: textsIn(null).mails.greeting(oneLine(name)) }, link) }
}

describe.each(WAYS)('mails by $name', ({ open, arrived }) => {
  let sender: MailSender
  beforeEach(() => {
    sender = open()
    return () => sender.close()
  })

  it('arrive with address, subject, text and the id of their job', async () => {
    const mail = mailFor('Ada Lovelace')
    await sender.send(mail)
    const found = (await arrived()).filter(({ id }) => id === mail.id)
    expect(found).toEqual([{ id: mail.id, to: 'ada@example.org', subject: 'Confirm your email address', text: expect.stringContaining('Hello Ada Lovelace,') }])
    expect(found[0]?.text).toContain('https://chat.example.org/#/verify/token')
  })

  it('that are sent again are told from others by their id', async () => {
    const mail = mailFor('Ada')
    await sender.send(mail)
    await sender.send(mail)
    const found = (await arrived()).filter(({ id }) => id === mail.id)
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ id, text }) => id + text)).size).toBe(1)
  })

  it.each(['Eve\r\nBcc: victim@example.org\r\n\r\nHi', 'Eve\nSubject: won', 'Eve\u2028X: y', '<script>alert(1)</script>', '=?utf-8?b?QmNjOg==?=', '.\r\nQUIT'])(
    'let the name %j change neither recipients nor headers, nor become markup',
    async (name) => {
      const before = (await arrived()).length
      const mail = mailFor(name)
      await sender.send(mail)
      const all = await arrived()
      expect(all).toHaveLength(before + 1)
      expect(all.find(({ id }) => id === mail.id)).toMatchObject({ to: 'ada@example.org', subject: 'Confirm your email address' })
      expect(mail.html).not.toMatch(/<script|\r/)
      expect(mail.text.split('\n')[0]).toMatch(/^Hello .*,$/)
    },
  )
})

describe('smtp', () => {
  it('sends plain text and HTML from the given sender, as a mail that nobody should answer by machine', async () => {
    const sender = createSmtpSender({ url: smtp.url, from: 'ChatFlow <chat@example.org>', publicUrl: 'https://chat.example.org' })
    const mail = mailFor('Ünïcödé')
    await sender.send(mail)
    sender.close()
    const found = smtp.mails.find(({ raw }) => raw.includes(mail.id))
    expect(found).toMatchObject({ from: 'chat@example.org', to: ['ada@example.org'] })
    expect(header(found?.raw ?? '', 'Message-ID')).toBe(`<${mail.id}@chat.example.org>`)
    expect(header(found?.raw ?? '', 'Auto-Submitted')).toBe('auto-generated')
    expect(header(found?.raw ?? '', 'Content-Type')).toContain('multipart/alternative')
    expect(mail.html).not.toMatch(/<img|src=|url\(/)
  })

  it.each(['refuse', 'hang', 'trickle'] as const)('of a server that does %s ends soon in an error without a word of the server', async (mode) => {
    const bad = await startSmtp(mode)
    const sender = createSmtpSender({ url: bad.url, from: 'chat@example.org', publicUrl: 'http://localhost:3000', timeouts: { reply: 400, whole: 800 } })
    const began = performance.now()
    const error: unknown = await sender.send(mailFor('Ada')).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'MailError', message: 'a mail could not be handed over', code: expect.stringMatching(/^\w+( \d+)?$/) })
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('planted')
    expect(performance.now() - began).toBeLessThan(5_000)
    sender.close()
    await bad.stop()
  })

  it('that refuses the recipient for good says so; one that only refuses for now does not', async () => {
    for (const [mode, final] of [['reject', true], ['refuse', false]] as const) {
      const bad = await startSmtp(mode)
      const sender = createSmtpSender({ url: bad.url, from: 'chat@example.org', publicUrl: 'http://localhost:3000' })
      const error: unknown = await sender.send(mailFor('Ada')).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name: 'MailError', final })
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('planted')
      sender.close()
      await bad.stop()
    }
  })

  describe('with TLS', () => {
    let certificate: TestCertificate
    beforeAll(async () => {
      certificate = await makeCertificate(['127.0.0.1'])
    })
    /** Sends a mail to a server that offers STARTTLS, if it has a certificate. Answers how it came, or the error. */
    async function deliver(query: string, { tls, authority }: { tls?: TestCertificate; authority?: string }): Promise<unknown> {
      const server = await startSmtp('accept', 0, tls)
      const sender = createSmtpSender({ url: `${server.url}${query}`, from: 'chat@example.org', publicUrl: 'http://localhost:3000', ...(authority !== undefined && { authority }) })
      const outcome: unknown = await sender.send(mailFor('Ada')).catch((thrown: unknown) => thrown)
      sender.close()
      const [mail] = outcome === undefined ? await server.received(1) : []
      await server.stop()
      return outcome ?? (mail?.secure ? 'encrypted' : 'in clear')
    }

    it('mails go encrypted to a server whose certificate is by an authority that is trusted', async () => {
      expect(await deliver('?requireTLS=true', { tls: certificate, authority: certificate.authority })).toBe('encrypted')
    })

    it.each([
      ['by an authority that nobody knows', () => deliver('?requireTLS=true', { tls: certificate })],
      ['for another host', async () => {
        const other = await makeCertificate(['mail.example.org'])
        return deliver('?requireTLS=true', { tls: other, authority: other.authority })
      }],
    ])('nothing goes to a server with a certificate %s', async (_, attempt) => {
      expect(await attempt()).toMatchObject({ name: 'MailError', final: false })
    })

    it('nothing goes in clear where TLS is a must and is not offered, and everything where it is not', async () => {
      expect(await deliver('?requireTLS=true', {})).toMatchObject({ name: 'MailError', final: false })
      expect(await deliver('?requireTLS=false', {})).toBe('in clear')
    })

    it.each([
      ['smtp://mail.example.org:587', true],
      ['smtp://user:secret@10.0.0.5', true],
      ['smtp://127.0.0.1:25', false],
      ['smtp://localhost', false],
      ['smtp://mail.example.org?requireTLS=false', false],
      ['smtp://localhost?requireTLS=true', true],
    ])('for %s it is a must: %s', (url, requireTLS) => {
      expect(smtpAddress(url)).toEqual({ url: url.split('?')[0], requireTLS })
    })
  })

  it('gives up at once what is under way when it is closed', async () => {
    const bad = await startSmtp('hang')
    const sender = createSmtpSender({ url: bad.url, from: 'chat@example.org', publicUrl: 'http://localhost:3000' })
    const sending = sender.send(mailFor('Ada')).catch((thrown: unknown) => thrown)
    sender.close()
    expect(await sending).toMatchObject({ name: 'MailError' })
    await bad.stop()
  })
})

/** The value of a header, unfolded. */
function header(raw: string, name: string): string {
  return new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw.split('\r\n\r\n')[0] ?? '')?.[1]?.replaceAll(/\r\n[ \t]/g, ' ') ?? ''
}

/** The plain text of a mail in two parts, decoded from quoted-printable, base64 or neither. */
function plainPart(raw: string): string {
  const part = raw.split(/\r\n--[^\r\n]+\r\n/).find((piece) => /^content-type: text\/plain/im.test(piece)) ?? ''
  const [head = '', ...rest] = part.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
  if (!/quoted-printable/i.test(head)) return body
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
