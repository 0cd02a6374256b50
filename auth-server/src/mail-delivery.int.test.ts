/** Mails of the whole program: what happens to them when the mail server is slow, silent or gone, and when this one is killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@chatflow/database'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { startSmtp, type SmtpMode, type TestSmtp } from './testing/start-smtp.ts'

const ended: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0)) await end()
})

interface Program {
  url: string
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

async function program(databaseUrl: string, smtpUrl: string): Promise<Program> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, PUBLIC_URL: 'http://localhost:3000', RATE_LIMITS: 'off' }
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill: Program['kill'] = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
    return child.exitCode
  }
  ended.push(async () => void (await kill('SIGKILL')))
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const port = /"port":(\d+),"msg":"auth-server listens"/.exec(said)?.[1]
    if (port !== undefined) {
      child.stdout?.resume()
      return { url: `http://localhost:${port}`, kill }
    }
  }
  throw new Error(`It ended before it listened: ${said}`)
}

async function smtp(mode: SmtpMode, port?: number): Promise<TestSmtp> {
  const server = await startSmtp(mode, port)
  ended.push(() => server.stop())
  return server
}

async function register(url: string, username: string): Promise<number> {
  const body = { username, displayName: username, email: `${username}@example.org`, password: 'correct horse battery' }
  const began = performance.now()
  const answer = await fetch(`${url}/api/auth/register`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(answer.status).toBe(201)
  return performance.now() - began
}

describe('mails', () => {
  it('leave by SMTP, one for each account', async () => {
    const server = await smtp('accept')
    const { url, kill } = await program(await freshDatabase(await testPostgres()), server.url)
    await Promise.all(['ada', 'ben', 'cleo'].map((name) => register(url, name)))
    const mails = await server.received(3)
    expect(mails.map(({ to }) => to.join()).sort()).toEqual(['ada@example.org', 'ben@example.org', 'cleo@example.org'])
    expect(await kill('SIGTERM')).toBe(0)
    expect(server.mails).toHaveLength(3)
  })

  it('of a process that was killed before they left are sent after the next start', async () => {
    const databaseUrl = await freshDatabase(await testPostgres())
    const gone = await smtp('refuse')
    const first = await program(databaseUrl, gone.url)
    await register(first.url, 'ada')
    await first.kill('SIGKILL')
    await gone.stop()
    // As after the minutes that a lease and the next attempt take.
    const db = await openDatabase({ url: databaseUrl })
    const { rowCount } = await db.query('UPDATE jobs SET run_at = 0, locked_until = NULL')
    await db.close()
    expect(rowCount).toBe(1)
    const back = await smtp('accept', gone.port)
    await program(databaseUrl, back.url)
    const [mail] = await back.received(1)
    expect(mail).toMatchObject({ to: ['ada@example.org'], raw: expect.stringContaining('/verify/') })
  })

  it.each(['refuse', 'hang', 'trickle'] as const)('hold up no request and no stop while the mail server does %s, and leave when it is well again', async (mode) => {
    const databaseUrl = await freshDatabase(await testPostgres())
    const bad = await smtp(mode)
    const first = await program(databaseUrl, bad.url)
    // More than are sent at once, so that all that could be held up is.
    const times: number[] = []
    for (let i = 0; i < 8; i++) times.push(await register(first.url, `person${i}`))
    // A mail server that says nothing is waited for 15 s: a request that waited with it would take as long, and a stop would not end with 0, which it does within 8 s or not at all.
    expect(Math.max(...times)).toBeLessThan(14_000)
    expect(await first.kill('SIGTERM')).toBe(0)
    await bad.stop()
    const db = await openDatabase({ url: databaseUrl })
    const { rowCount } = await db.query('UPDATE jobs SET run_at = 0, locked_until = NULL')
    await db.close()
    expect(rowCount).toBe(8)
    const well = await smtp('accept', bad.port)
    await program(databaseUrl, well.url)
    const mails = await well.received(8)
    expect(new Set(mails.map(({ to }) => to.join())).size).toBe(8)
  })
})
