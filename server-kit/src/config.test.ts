import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, knownPasswordRule, rateLimitsRule, readConfig, SETTINGS } from './config.ts'

const read = (env: Record<string, string>) => readConfig(env, SETTINGS, [rateLimitsRule, knownPasswordRule])
const problemsOf = (env: Record<string, string>) => {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('has a default that works for everything', () => {
    expect(read({})).toEqual({
      PORT: 3000,
      DATA_DIR: './data',
      PUBLIC_URL: undefined,
      DATABASE_URL: undefined,
      REDIS_URL: undefined,
      TRUST_PROXY: false,
      LOG_LEVEL: 'info',
      RATE_LIMITS: true,
    })
  })

  it('takes an empty variable as not set', () => {
    expect(read({ PORT: '', PUBLIC_URL: '' }).PORT).toBe(3000)
  })

  it('reports all problems together, naming the variables and never their values', () => {
    const problems = problemsOf({ PORT: '70000', PUBLIC_URL: 'chat.example.org', DATABASE_URL: 'mysql://u:planted@h/d', REDIS_URL: 'http://planted@h', LOG_LEVEL: 'loud', RATE_LIMITS: 'no', TRUST_PROXY: '1' })
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'REDIS_URL', 'TRUST_PROXY', 'LOG_LEVEL', 'RATE_LIMITS'])
    expect(problems.join()).not.toContain('planted')
  })

  it.each(['1e3', '-1', '12.5', 'x', '99999'])('refuses the port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT must be a port number from 0 to 65535.'])
  })

  it.each(['https://chat.example.org/path', 'ftp://chat.example.org', 'https://user:pw@chat.example.org'])('refuses the public address %s', (PUBLIC_URL) => {
    expect(problemsOf({ PUBLIC_URL })).toHaveLength(1)
  })

  it('takes for mails an address that says at most whether TLS is a must', () => {
    for (const SMTP_URL of ['smtps://u:p@mail.example.org', 'smtp://mail.example.org:587?requireTLS=false']) expect(problemsOf({ SMTP_URL })).toEqual([])
    for (const SMTP_URL of ['http://mail.example.org', 'smtp://', 'smtp://mail.example.org?tls.rejectUnauthorized=false', 'smtp://mail.example.org?requireTLS=false&tls.rejectUnauthorized=false', 'smtp://mail.example.org?ignoreTLS=true']) {
      expect(problemsOf({ SMTP_URL })).toHaveLength(1)
    }
  })

  describe('a secret in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatflow-config-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    const fileWith = (content: string): string => {
      const path = join(folder, `planted-${Math.random()}`)
      writeFileSync(path, content)
      return path
    }
    const ADDRESSES = { DATABASE_URL: 'postgres://u:planted@db/chat', REDIS_URL: 'redis://:planted@cache:6379', SMTP_URL: 'smtps://u:planted@mail.example.org' } as const

    it.each(Object.entries(ADDRESSES))('%s is read without the line break at its end', (name, address) => {
      expect(read({ [`${name}_FILE`]: fileWith(`${address}\n`) })).toMatchObject({ [name]: address })
      expect(read({ [name]: address, [`${name}_FILE`]: '' })).toMatchObject({ [name]: address })
    })

    it.each(Object.entries(ADDRESSES))('%s that is there twice, not there, empty or wrong is a problem that repeats neither value nor path', (name, address) => {
      const variable = `${name}_FILE`
      const cases: [Record<string, string>, string][] = [
        [{ [name]: address, [variable]: fileWith(address) }, `${name} and ${variable} are both set: only one of them can count.`],
        [{ [variable]: join(folder, 'planted-nowhere') }, `${variable} names a file that cannot be read (ENOENT).`],
        [{ [variable]: folder }, `${variable} names a file that cannot be read (EISDIR).`],
        [{ [variable]: fileWith(' \n') }, `${variable} names a file that is empty.`],
        [{ [variable]: fileWith('http://planted') }, `${name} must be an address like `],
      ]
      for (const [env, sentence] of cases) {
        const problems = problemsOf(env)
        expect(problems).toEqual([expect.stringContaining(sentence)])
        expect(problems.join()).not.toContain('planted')
      }
    })

    it('is not looked for in the place of what is no secret', () => {
      expect(read({ PORT_FILE: fileWith('4000') }).PORT).toBe(3000)
    })
  })

  it('keeps the public address as an origin', () => {
    expect(read({ PUBLIC_URL: 'https://Chat.example.org/' }).PUBLIC_URL).toBe('https://chat.example.org')
  })

  it('reads which proxies are believed', () => {
    expect(read({ TRUST_PROXY: 'true' }).TRUST_PROXY).toBe(true)
    expect(read({ TRUST_PROXY: '10.0.0.0/8, ::1,loopback' }).TRUST_PROXY).toEqual(['10.0.0.0/8', '::1', 'loopback'])
    expect(problemsOf({ TRUST_PROXY: '10.0.0.0/99' })).toHaveLength(1)
  })

  it('reports a broken rule beside wrong variables', () => {
    expect(problemsOf({ PORT: 'x', RATE_LIMITS: 'off', PUBLIC_URL: 'https://chat.example.org' })).toHaveLength(2)
    expect(problemsOf({ RATE_LIMITS: 'perhaps', PUBLIC_URL: 'https://chat.example.org' })).toHaveLength(1)
  })

  it('lets limits be off only on this machine', () => {
    expect(read({ RATE_LIMITS: 'off' }).RATE_LIMITS).toBe(false)
    expect(read({ RATE_LIMITS: 'off', PUBLIC_URL: 'http://127.0.0.1:3000' }).RATE_LIMITS).toBe(false)
    for (const host of ['chat.example.org', 'localhost.example.org', '127.0.0.1.example.org', '128.0.0.1']) {
      expect(problemsOf({ RATE_LIMITS: 'off', PUBLIC_URL: `https://${host}` })).toEqual(['RATE_LIMITS may be off only while PUBLIC_URL is a localhost address.'])
    }
  })
})
