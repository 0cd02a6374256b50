import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { securityHeaders } from '@chatflow/server-kit/security-headers'
import { rawRequest } from '@chatflow/server-kit/testing/raw-request'

/** Runs the program; `onLine` sees each line of its log as it comes. */
async function run(env: Record<string, string>, onLine: (line: string, stop: () => void) => Promise<void> = async () => {}) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env: { PATH: process.env['PATH'] ?? '', ...env } })
  let errors = ''
  let rest = ''
  let seen = Promise.resolve()
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) seen = seen.then(() => onLine(line, () => void child.kill('SIGTERM')))
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  await seen
  return { code, errors }
}

describe('the auth-server as a program', () => {
  it('serves, and stops cleanly when asked to', async () => {
    const url = await freshDatabase(await testPostgres())
    const statuses: number[] = []
    const { code, errors } = await run({ PORT: '0', DATABASE_URL: url }, async (line, stop) => {
      const { msg, port } = JSON.parse(line) as { msg: string; port?: number }
      if (msg !== 'auth-server listens') return
      const keys = await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`)
      expect(Object.fromEntries(keys.headers)).toMatchObject({ ...securityHeaders('http://localhost:0'), 'cache-control': 'public, max-age=60' })
      const elsewhere = await rawRequest(port ?? 0, 'GET /api/auth/me HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n')
      expect(elsewhere).toMatchObject({ status: 421, headers: securityHeaders('http://localhost:0') })
      statuses.push(keys.status)
      const inUse = await run({ PORT: String(port), DATABASE_URL: url })
      expect(inUse).toEqual({ code: 1, errors: `Cannot listen on PORT ${port}: it is in use.\n` })
      stop()
    })
    expect({ statuses, code, errors }).toEqual({ statuses: [200], code: 0, errors: '' })
  })

  it('says in one sentence each what is wrong, and exits with 1', async () => {
    expect(await run({ PORT: 'x', LOG_LEVEL: 'loud' })).toEqual({
      code: 1,
      errors: 'PORT must be a port number from 0 to 65535.\nLOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.\n',
    })
    const unreachable = await run({ PORT: '0', DATABASE_URL: 'postgres://u:planted@127.0.0.1:1/chat' })
    expect(unreachable.code).toBe(1)
    expect(unreachable.errors).toMatch(/^Cannot reach the database of DATABASE_URL \(127\.0\.0\.1:1\/chat\)[^\n]*\n$/)
  })
})
