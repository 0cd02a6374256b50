import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any variable every value has a default that works', () => {
  expect(readConfig({})).toEqual({
    config: {
      port: 3000,
      host: 'localhost',
      publicUrl: 'http://localhost:3000',
      dataDir: './data',
      databaseUrl: undefined,
      redisUrl: undefined,
      trustProxy: false,
      logLevel: 'info',
      rateLimits: true,
    },
  })
})

test('all problems are reported together, one sentence each', () => {
  const result = readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://secret@host/db', RATE_LIMITS: 'maybe' })
  expect(result).toEqual({
    problems: [
      'PORT must be a number from 1 to 65535.',
      'DATABASE_URL must be an address like postgres://user:password@host:5432/name.',
      'RATE_LIMITS must be on or off.',
    ],
  })
})

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '3000.5'],
  ['PUBLIC_URL', 'chat.example.org'],
  ['PUBLIC_URL', 'https://chat.example.org/chat'],
  ['PUBLIC_URL', 'ftp://chat.example.org'],
  ['REDIS_URL', 'localhost:6379'],
  ['TRUST_PROXY', 'yes'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name', (name, value) => {
  const result = readConfig({ [name]: value })
  expect('problems' in result && result.problems).toHaveLength(1)
  expect(JSON.stringify(result)).toContain(name)
})

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}))
})

test('limits can be switched off on this machine only', () => {
  expect(readConfig({ RATE_LIMITS: 'off' })).toHaveProperty('config.rateLimits', false)
  expect(readConfig({ RATE_LIMITS: 'off', PUBLIC_URL: 'http://127.0.0.1:4000' })).toHaveProperty('config.rateLimits', false)
  expect(readConfig({ RATE_LIMITS: 'off', PUBLIC_URL: 'https://chat.example.org' })).toHaveProperty('problems.length', 1)
})

test('a public address makes the server listen to the outside, a local one does not', () => {
  expect(readConfig({ PUBLIC_URL: 'https://chat.example.org/' })).toMatchObject({ config: { host: '::', publicUrl: 'https://chat.example.org' } })
  expect(readConfig({ PUBLIC_URL: 'https://chat.example.org', HOST: '127.0.0.1' })).toHaveProperty('config.host', '127.0.0.1')
})

test('the number of proxies can be given', () => {
  expect(readConfig({ TRUST_PROXY: '2' })).toHaveProperty('config.trustProxy', 2)
  expect(readConfig({ TRUST_PROXY: 'on' })).toHaveProperty('config.trustProxy', true)
})
