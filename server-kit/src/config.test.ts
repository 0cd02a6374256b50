import { describe, expect, it } from 'vitest'
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
      expect(problemsOf({ SMTP_URL }), SMTP_URL).toHaveLength(1)
    }
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
