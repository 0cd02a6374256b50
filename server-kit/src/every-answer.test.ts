import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CodedError } from '@chatflow/shared/errors'
import { createFastify } from './create-fastify.ts'
import { createLogger } from './logger.ts'
import { createNotFoundHandler } from './problems.ts'
import { pagePolicy, securityHeaders } from './security-headers.ts'
import { rawRequest } from './testing/raw-request.ts'

const PUBLIC_URL = 'https://chat.example.org'
const app = createFastify({ log: createLogger('silent'), publicUrl: PUBLIC_URL, bodyLimit: 1_000 })
let port = 0

beforeAll(async () => {
  app.setNotFoundHandler(createNotFoundHandler(app))
  app.get('/ok', async () => ({ ok: true }))
  app.get('/things/:id', async () => ({ ok: true }))
  app.get('/unchanged', async (_request, reply) => reply.status(304).send())
  app.get('/limited', () => Promise.reject(new CodedError('rate_limited', undefined, 7)))
  app.get('/broken', () => Promise.reject(new Error('a fault')))
  app.get('/taken', (_request, reply) => {
    reply.hijack()
    reply.raw.end('by hand')
  })
  app.get('/framed', async (_request, reply) => reply.header('content-security-policy', 'frame-ancestors *').send('x'))
  app.post('/json', async (request) => ({ got: typeof request.body }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterAll(() => app.close())

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`
const get = (path: string, ...headers: string[]) => lines(`GET ${path} HTTP/1.1`, 'Host: chat.example.org', 'Connection: close', ...headers)
const post = (type: string, body: string, ...headers: string[]) =>
  lines('POST /json HTTP/1.1', 'Host: chat.example.org', 'Connection: close', `Content-Type: ${type}`, `Content-Length: ${body.length}`, ...headers) + body

describe('the security headers are on the answer', () => {
  it.each([
    [200, 'of a route', get('/ok')],
    [200, 'that a route writes by hand', get('/taken')],
    [304, 'that nothing has changed', get('/unchanged')],
    [400, 'to JSON that is none', post('application/json', '{"a')],
    [400, 'to a body that does not say its length rightly', lines('POST /json HTTP/1.1', 'Host: chat.example.org', 'Connection: close', 'Content-Type: application/json', 'Content-Length: x')],
    [400, 'to what is no HTTP', lines('hello there')],
    [400, 'to a request that can be read in two ways', lines('POST /json HTTP/1.1', 'Host: chat.example.org', 'Content-Length: 1', 'Transfer-Encoding: chunked')],
    [404, 'to an unknown path', get('/nothing')],
    [404, 'to a path that cannot be decoded', get('/things/%E0%A4%A')],
    [404, 'to a path that is too long for a parameter', get(`/things/${'x'.repeat(600)}`)],
    [405, 'to a wrong method', lines('DELETE /ok HTTP/1.1', 'Host: chat.example.org', 'Connection: close')],
    [405, 'to a TRACE, which tells nothing of the request', lines('TRACE /ok HTTP/1.1', 'Host: chat.example.org', 'Connection: close', 'X-Secret: told-back')],
    [404, 'to a TRACE of nothing', lines('TRACE /nothing HTTP/1.1', 'Host: chat.example.org', 'Connection: close', 'X-Secret: told-back')],
    [413, 'to a body that is too large', post('application/json', ' '.repeat(1_001))],
    [415, 'to a body of another type', post('text/xml', '<a/>')],
    [417, 'to an expectation nobody knows', get('/ok', 'Expect: wonders')],
    [421, 'to a request for another host', lines('GET /ok HTTP/1.1', 'Host: evil.example.org', 'Connection: close')],
    [421, 'to a request for no host', lines('GET /ok HTTP/1.1', 'Connection: close')],
    [429, 'that says to come later', get('/limited')],
    [431, 'to headers that are too large', get('/ok', `X-Long: ${'x'.repeat(20_000)}`)],
    [500, 'to a fault of ours', get('/broken')],
  ])('%i %s', async (status, _, request) => {
    const answer = await rawRequest(port, request)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject(securityHeaders(PUBLIC_URL))
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    if (status >= 400 && status !== 417) {
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.body).toContain(`"status":${status}`)
    }
    expect(answer.body).not.toContain('told-back')
    if (status === 429) expect(answer.headers['retry-after']).toBe('7')
  })

  it('while the server stops', async () => {
    const stopping = createFastify({ log: createLogger('silent'), publicUrl: PUBLIC_URL })
    const [entered, held] = [Promise.withResolvers<void>(), Promise.withResolvers<object>()]
    stopping.get('/slow', () => (entered.resolve(), held.promise))
    await stopping.listen({ port: 0, host: '127.0.0.1' })
    // The second request comes on the same connection while the first keeps the server from ending.
    const both = rawRequest((stopping.server.address() as AddressInfo).port, get('/slow').replace('Connection: close\r\n', '') + get('/slow'))
    await entered.promise
    const closed = stopping.close()
    held.resolve({ ok: true })
    expect((await both).headers).toMatchObject(securityHeaders(PUBLIC_URL))
    await closed
  })

  it('and a route may have its own instead', async () => {
    const { headers } = await rawRequest(port, get('/framed'))
    expect(headers['content-security-policy']).toBe('frame-ancestors *')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('the policy', () => {
  const policy = pagePolicy(PUBLIC_URL)

  it('allows a style element only if it is empty', () => {
    expect(policy).toContain(`'sha256-${createHash('sha256').update('').digest('base64')}'`)
  })

  it('allows the page nothing inline, no evaluation, no other origin, no frame', () => {
    expect(policy).not.toMatch(/unsafe|\*|https?:|nonce/)
    expect(policy).toContain("default-src 'self'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; connect-src 'self' wss://chat.example.org;")
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types chatflow ProseMirrorClipboard")
  })

  it('lets no other answer be a document', () => {
    expect(securityHeaders(PUBLIC_URL)['content-security-policy']).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox")
  })

  it('insists on https only where it is served so, and for the names below as well', () => {
    expect(securityHeaders(PUBLIC_URL)['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
    for (const url of ['http://localhost:3000', 'http://chat.example.org', 'https://localhost:3000', 'https://127.0.0.1']) expect(securityHeaders(url)['strict-transport-security']).toBeUndefined()
  })
})

describe('pages of other sites', () => {
  it.each(['GET', 'POST', 'DELETE'])('are not allowed to send %s: a preflight is refused and no answer opens anything', async (method) => {
    const answer = await rawRequest(
      port,
      lines('OPTIONS /json HTTP/1.1', 'Host: chat.example.org', 'Connection: close', 'Origin: https://evil.example.org', `Access-Control-Request-Method: ${method}`, 'Access-Control-Request-Headers: authorization'),
    )
    expect(answer.status).toBe(405)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    const plain = await rawRequest(port, get('/ok', 'Origin: https://evil.example.org'))
    expect(Object.keys(plain.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})
