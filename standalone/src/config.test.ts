import { ConfigError } from '@chatflow/server-kit/config'
import { expect, test } from 'vitest'
import { hostOf, logLevelOf, publicUrlOf, readStandaloneConfig } from './config.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readStandaloneConfig(env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)]
  }
}

test('without any variable it serves this machine at port 3000, with limits and little to read', () => {
  const config = readStandaloneConfig({})
  expect(config).toMatchObject({ PORT: 3000, DATA_DIR: './data', RATE_LIMITS: true, TRUST_PROXY: false })
  expect(logLevelOf(config)).toBe('warn')
  expect(hostOf(config)).toBe('localhost')
  expect(publicUrlOf(config, 3000)).toBe('http://localhost:3000')
})

test('all problems are reported together, and no value is repeated', () => {
  const problems = problemsOf({ PORT: 'eighty', DATABASE_URL: 'mysql://secret@host/db', LOG_LEVEL: 'loud' })
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['PORT', 'DATABASE_URL', 'LOG_LEVEL'])
  expect(problems.join()).not.toContain('secret')
})

test('limits can be switched off on this machine only', () => {
  expect(problemsOf({ RATE_LIMITS: 'off' })).toEqual([])
  expect(problemsOf({ RATE_LIMITS: 'off', PUBLIC_URL: 'https://chat.example.org' })).toHaveLength(1)
})

test('a public address wants passwords that are not those of the examples', () => {
  const open = { PUBLIC_URL: 'https://chat.example.org' }
  const example = 'postgres://chatflow:chatflow@postgres:5432/chatflow'
  expect(problemsOf({ DATABASE_URL: example, PUBLIC_URL: 'http://localhost:3000' })).toEqual([])
  for (const url of ['postgres://app:Postgres@db/x', 'postgres://app:app@db/x', example]) expect(problemsOf({ ...open, DATABASE_URL: url })).toEqual([expect.stringContaining('DATABASE_URL')])
  expect(problemsOf({ ...open, DATABASE_URL: example, REDIS_URL: 'redis://:redis@cache', SMTP_URL: 'smtps://me:secret@mail.example.org' })).toEqual([expect.stringContaining('DATABASE_URL and REDIS_URL and SMTP_URL')])
  expect(problemsOf({ ...open, DATABASE_URL: 'postgres://chatflow:h5-not-known@db/x', REDIS_URL: 'redis://cache' })).toEqual([])
  expect(problemsOf({ ...open, DATABASE_URL: 'postgres:///x?host=/run/postgresql' })).toEqual([])
})

test('a server that others can reach logs each request and refusal, unless LOG_LEVEL says otherwise', () => {
  expect(logLevelOf(readStandaloneConfig({ PUBLIC_URL: 'https://chat.example.org' }))).toBe('info')
  expect(logLevelOf(readStandaloneConfig({ PUBLIC_URL: 'https://chat.example.org', LOG_LEVEL: 'error' }))).toBe('error')
  expect(logLevelOf(readStandaloneConfig({ PUBLIC_URL: 'http://localhost:3000' }))).toBe('warn')
})

test('a public address makes it listen to the outside, unless HOST says where', () => {
  const open = readStandaloneConfig({ PUBLIC_URL: 'https://chat.example.org/' })
  expect(hostOf(open)).toBe('::')
  expect(publicUrlOf(open, 3000)).toBe('https://chat.example.org')
  expect(hostOf(readStandaloneConfig({ PUBLIC_URL: 'https://chat.example.org', HOST: '127.0.0.1' }))).toBe('127.0.0.1')
})
