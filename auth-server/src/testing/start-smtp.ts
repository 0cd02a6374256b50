import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestCertificate } from './certificates.ts'

export type SmtpMode = 'accept' | 'refuse' | 'reject' | 'hang' | 'trickle'

/** A mail as it came over the wire. */
export interface SmtpMail {
  from: string
  to: string[]
  /** Headers and body, still encoded. */
  raw: string
  /** Over TLS. */
  secure: boolean
}

export interface TestSmtp {
  url: string
  port: number
  /** What has arrived; grows. A mail is in it before its sender is told that it was taken. */
  mails: SmtpMail[]
  /** The mails, once there are so many. */
  received(count: number): Promise<SmtpMail[]>
  stop(): Promise<void>
}

/** A real SMTP server in a process of its own, on a free port unless one is named. With a certificate it offers STARTTLS. */
export async function startSmtp(mode: SmtpMode = 'accept', port = 0, tls?: TestCertificate): Promise<TestSmtp> {
  const child = fork(fileURLToPath(new URL('./smtp-process.ts', import.meta.url)), [mode, String(port), ...(tls ? [JSON.stringify(tls)] : [])])
  const mails: SmtpMail[] = []
  let waiting: { count: number; resolve: (mails: SmtpMail[]) => void }[] = []
  const { promise: listening, resolve, reject } = Promise.withResolvers<number>()
  child.once('exit', () => reject(new Error('the mail server ended')))
  child.on('message', (message: { port: number } | { mail: SmtpMail }) => {
    if ('port' in message) return resolve(message.port)
    mails.push(message.mail)
    if (child.connected) child.send('has it')
    for (const one of waiting) if (mails.length >= one.count) one.resolve([...mails])
    waiting = waiting.filter(({ count }) => mails.length < count)
  })
  const found = await listening
  return {
    url: `smtp://127.0.0.1:${found}`,
    port: found,
    mails,
    received: (count) => (mails.length >= count ? Promise.resolve([...mails]) : new Promise((done) => waiting.push({ count, resolve: done }))),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
