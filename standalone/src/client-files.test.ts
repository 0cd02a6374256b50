import Fastify from 'fastify'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveClient } from './client-files.ts'
import { addSecurityHeaders } from './security-headers.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatflow-client-'))
const app = Fastify()

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>')
  writeFileSync(join(folder, 'sw.js'), 'self')
  writeFileSync(join(folder, '.stamp'), 'hash')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'console.log(1)')
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync('console.log(1)'))
  addSecurityHeaders(app, 'https://chat.example.org')
  app.get('/api/known', async () => ({ ok: true }))
  await serveClient(app, folder)
})

afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const navigation = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' }

describe('the page', () => {
  test.each(['/', '/room/0190', '/a/deep/link?x=1', '/apiary', '/synchrony'])('answers a navigation to %s and is asked for again each time', async (url) => {
    const answer = await app.inject({ url, headers: navigation })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('the page')
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  test.each(['/api/nothing', '/api', '/sync', '/sync?x=1', '/yjs/room', '/.well-known/other', '/metrics'])('never answers for the server path %s', async (url) => {
    const answer = await app.inject({ url, headers: navigation })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ code: 'not_found', status: 404 })
  })

  test('never answers a program that asks for a missing file', async () => {
    const answer = await app.inject({ url: '/assets/gone-9f.js', headers: { accept: '*/*', 'sec-fetch-mode': 'no-cors' } })
    expect(answer.statusCode).toBe(404)
  })
})

test('files with a hash in their name are kept for a year, the service worker is asked for each time', async () => {
  const hashed = await app.inject({ url: '/assets/app-1a2b.js' })
  expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const worker = await app.inject({ url: '/sw.js' })
  expect(worker.headers['cache-control']).toBe('no-cache')
})

test('a compressed file is sent to whoever takes it, with the type and the caching of the original', async () => {
  const answer = await app.inject({ url: '/assets/app-1a2b.js', headers: { 'accept-encoding': 'br, gzip' } })
  expect(answer.headers['content-encoding']).toBe('br')
  expect(answer.headers['content-type']).toContain('javascript')
  expect(answer.headers['cache-control']).toContain('immutable')
})

test('hidden files are not served', async () => {
  expect((await app.inject({ url: '/.stamp' })).statusCode).toBe(404)
})

test.each(['/', '/api/known', '/api/nothing', '/assets/app-1a2b.js'])('the answer to %s carries the security headers', async (url) => {
  const { headers } = await app.inject({ url, headers: navigation })
  expect(headers['content-security-policy']).toContain("script-src 'self';")
  expect(headers['content-security-policy']).toContain("connect-src 'self' wss://chat.example.org;")
  expect(headers['content-security-policy']).toContain("object-src 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
  })
})
