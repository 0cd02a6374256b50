import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import { pagePolicy, securityHeaders } from '@chatflow/server-kit/security-headers'
import { rawRequest } from '@chatflow/server-kit/testing/raw-request'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveClient } from './client-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatflow-client-'))
const app = createFastify({ log: createLogger('silent') })

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>')
  writeFileSync(join(folder, 'index.de.html'), '<!doctype html><html lang="de"><title>the page in German</title>')
  writeFileSync(join(folder, 'sw.js'), 'self')
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, '.stamp'), 'hash')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'console.log(1)')
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync('console.log(1)'))
  app.get('/api/known', { config: { access: { who: 'anyone' } }, schema: { summary: 'x' } }, async () => ({ ok: true }))
  await serveClient(app, folder, undefined)
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

  test.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr, de;q=0.5, en;q=0.4', 'de'],
    ['en-GB,de;q=0.5', 'en'],
    ['fr', 'en'],
    ['../../etc/passwd', 'en'],
    [undefined, 'en'],
  ])('comes in the first language of %s that there is, and says that it depends on it', async (languages, expected) => {
    for (const url of ['/', '/a/deep/link']) {
      const answer = await app.inject({ url, headers: { ...navigation, 'accept-encoding': 'br', ...(languages === undefined ? {} : { 'accept-language': languages }) } })
      expect([url, answer.statusCode, answer.body.includes('in German')]).toEqual([url, 200, expected === 'de'])
      expect(String(answer.headers['vary']).toLowerCase()).toContain('accept-language')
      expect(answer.headers['cache-control']).toBe('no-cache')
    }
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

test('text says that it is UTF-8', async () => {
  for (const url of ['/', '/sw.js', '/icon.svg', '/assets/app-1a2b.js']) expect([url, (await app.inject({ url })).headers['content-type']]).toEqual([url, expect.stringMatching(/; charset=utf-8$/i)])
})

test('hidden files are not served', async () => {
  expect((await app.inject({ url: '/.stamp' })).statusCode).toBe(404)
})

test('every answer carries the security headers: the page, files, compressed ones, those that have not changed, refusals', async () => {
  const port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
  const ask = (path: string, headers: Record<string, string> = {}) =>
    rawRequest(port, `GET ${path} HTTP/1.1\r\n${Object.entries({ host: 'localhost', connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
  const etag = (await ask('/assets/app-1a2b.js')).headers['etag'] ?? ''
  const asked: [number, string, Record<string, string>?][] = [
    [200, '/', navigation],
    [200, '/a/deep/link', navigation],
    [200, '/assets/app-1a2b.js', { 'accept-encoding': 'br' }],
    [206, '/sw.js', { range: 'bytes=0-1' }],
    [304, '/assets/app-1a2b.js', { 'if-none-match': etag }],
    [404, '/assets/gone.js'],
    [404, '/.stamp'],
    [404, '/..%2f..%2fetc/passwd'],
    [404, '/%E0%A4%A'],
  ]
  for (const [status, path, headers] of asked) {
    const answer = await ask(path, headers)
    expect([path, answer.status]).toEqual([path, status])
    // What is not found is no file of the client's, and no page.
    expect(answer.headers).toMatchObject({ ...securityHeaders(undefined), ...(status < 400 ? { 'content-security-policy': pagePolicy(undefined), 'cache-control': expect.stringMatching(/^(no-cache|public, max-age=31536000, immutable)$/) } : {}) })
  }
})
