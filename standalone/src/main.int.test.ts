/** What an operator meets: the whole process, started as `npm start` starts it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'chatflow-standalone-'))
const running: ChildProcess[] = []

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Started {
  child: ChildProcess
  url: string
}

function launch(env: Record<string, string>): ChildProcess {
  // The client is no part of this: it may not have been built.
  const child = spawn(process.execPath, [MAIN, '--no-client'], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

async function start(env: Record<string, string>): Promise<Started> {
  const child = launch({ PORT: '0', RATE_LIMITS: 'off', ...env })
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const url = /^ChatFlow is ready at (\S+)$/m.exec(said)?.[1]
    if (url !== undefined) return { child, url }
  }
  throw new Error(`It ended before it was ready: ${said}`)
}

/** Runs a start that is expected to fail. */
async function refusal(env: Record<string, string>): Promise<{ code: number | null; sentences: string[] }> {
  const child = launch(env)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child, 'close')
  return { code: child.exitCode, sentences: said.trimEnd().split('\n') }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}

const account = { username: 'ada', login: 'ada', displayName: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }

function post(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

describe('a start', () => {
  test('says its address when everything answers, survives SIGKILL, and ends with 0 on SIGTERM', async () => {
    const env = { DATA_DIR: join(folder, 'life') }
    const first = await start(env)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    const { displayName, email, username, password } = account
    expect((await post(first.url, '/api/auth/register', { displayName, email, username, password })).status).toBe(201)
    await end(first.child, 'SIGKILL')

    const second = await start(env)
    expect((await post(second.url, '/api/auth/login', { login: account.login, password })).status).toBe(200)
    const asked = performance.now()
    expect(await end(second.child, 'SIGTERM')).toBe(0)
    expect(performance.now() - asked).toBeLessThan(10_000)
  })

  test('ends with 0 on SIGTERM also while a browser holds a connection on which it has asked nothing yet', async () => {
    const { child, url } = await start({ DATA_DIR: join(folder, 'silent') })
    const silent = connect(Number(new URL(url).port), '127.0.0.1')
    silent.on('error', () => {})
    await once(silent, 'connect')
    // The server has taken the silent connection once it has answered one that came later.
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(await end(child, 'SIGTERM')).toBe(0)
    silent.destroy()
  })

  test('on a busy port is refused in one sentence, before a data folder is made', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const dataDir = join(folder, 'never-made')
    const { code, sentences } = await refusal({ PORT: String(port), DATA_DIR: dataDir })
    other.close()
    expect(code).toBe(1)
    expect(sentences).toEqual([expect.stringMatching(new RegExp(`^Port ${port} is in use by another program\\.`))])
    expect(existsSync(dataDir)).toBe(false)
  })

  test('on a folder that another process uses is refused in one sentence, and the other goes on', async () => {
    const dataDir = join(folder, 'shared')
    const first = await start({ DATA_DIR: dataDir })
    const { code, sentences } = await refusal({ PORT: '0', DATA_DIR: dataDir })
    expect(code).toBe(1)
    expect(sentences).toEqual([expect.stringMatching(new RegExp(`in use by process ${first.child.pid}\\b`))])
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
    expect(await end(first.child, 'SIGINT')).toBe(0)
  })

  test('in a folder that cannot be written is refused in one sentence', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, 'not a folder')
    const { code, sentences } = await refusal({ PORT: '0', DATA_DIR: join(file, 'data') })
    expect(code).toBe(1)
    expect(sentences).toEqual([expect.stringMatching(/^Cannot write to the data folder/)])
  })

  test('with wrong variables is refused with a sentence for each, and nothing is made', async () => {
    const before = readdirSync(folder)
    const { code, sentences } = await refusal({ PORT: 'http', LOG_LEVEL: 'loud', RATE_LIMITS: 'some', DATA_DIR: join(folder, 'nothing') })
    expect(code).toBe(1)
    expect(sentences.map((sentence) => sentence.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'RATE_LIMITS'])
    expect(readdirSync(folder)).toEqual(before)
  })

  test('on a Postgres that is not there is refused in one sentence without the password', async () => {
    const { code, sentences } = await refusal({ PORT: '0', DATABASE_URL: 'postgres://chat:secret@127.0.0.1:1/chat' })
    expect(code).toBe(1)
    expect(sentences).toEqual([expect.stringMatching(/^Cannot reach the database/)])
    expect(sentences.join()).not.toContain('secret')
  })
})
