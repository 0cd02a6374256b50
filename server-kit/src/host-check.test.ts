import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFastify } from './create-fastify.ts'
import { createHostCheck } from './host-check.ts'
import { createLogger } from './logger.ts'
import { rawRequest } from './testing/raw-request.ts'

function asked(publicUrl: string, host: string | undefined, localPort = 3000, rawHeaders: string[] = []): boolean {
  const socket = { localPort } as never
  return createHostCheck(publicUrl)({ headers: host === undefined ? {} : { host }, rawHeaders, socket })
}

describe('a host', () => {
  it.each([
    ['https://chat.example.org', 'chat.example.org'],
    ['https://chat.example.org', 'CHAT.example.org'],
    ['https://chat.example.org', 'chat.example.org:443'],
    ['https://chat.example.org:8443', 'chat.example.org:8443'],
    ['http://localhost:3000', 'localhost:3000'],
    ['http://localhost:3000', '127.0.0.1:3000'],
    ['http://localhost:3000', '[::1]:3000'],
    ['http://127.0.0.1:3000', 'localhost:3000'],
    ['http://localhost', 'localhost'],
    ['http://localhost', '127.0.0.1:80'],
    // Behind a balancer on this machine: the port in use.
    ['http://localhost:8000', 'localhost:3000'],
  ])('of %s is answered as %s', (publicUrl, host) => {
    expect(asked(publicUrl, host)).toBe(true)
  })

  it.each([
    ['https://chat.example.org', undefined],
    ['https://chat.example.org', ''],
    ['https://chat.example.org', 'evil.example.org'],
    ['https://chat.example.org', 'chat.example.org.evil.net'],
    ['https://chat.example.org', 'chat.example.org.'],
    ['https://chat.example.org', 'chat.example.org:3000'],
    ['https://chat.example.org', 'localhost:3000'],
    ['https://chat.example.org', '127.0.0.1:3000'],
    ['https://chat.example.org', 'evil@chat.example.org'],
    ['https://chat.example.org', 'chat.example.org/evil'],
    ['https://chat.example.org', 'chat.example.org, evil.example.org'],
    ['https://chat.example.org', 'chat.example.org:99999'],
    ['http://localhost:3000', 'evil.example.org:3000'],
    ['http://localhost:3000', 'localhost:3001'],
    ['http://localhost:3000', 'localhost'],
    ['http://localhost:3000', 'localhost.evil.net:3000'],
    ['http://localhost:3000', '192.168.0.7:3000'],
  ])('of %s is not answered as %s', (publicUrl, host) => {
    expect(asked(publicUrl, host)).toBe(false)
  })

  it('is not answered when it is named twice', () => {
    expect(asked('https://chat.example.org', 'chat.example.org', 3000, ['Host', 'chat.example.org', 'host', 'evil.example.org'])).toBe(false)
  })
})

describe('a server', () => {
  const app = createFastify({ log: createLogger('silent'), publicUrl: 'https://chat.example.org', trustProxy: true })
  let port = 0
  beforeAll(async () => {
    for (const path of ['/page', '/healthz', '/readyz', '/.well-known/jwks.json']) app.get(path, { config: { access: { who: 'anyone' } }, schema: { summary: 'x' } }, async () => ({ ok: true }))
    await app.listen({ port: 0, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
  })
  afterAll(() => app.close())

  const ask = (path: string, ...headers: string[]) => rawRequest(port, `${[`GET ${path} HTTP/1.1`, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`)

  it('refuses what is meant for another host, whatever it says of proxies', async () => {
    expect((await ask('/page', 'Host: chat.example.org')).status).toBe(200)
    for (const header of ['X-Forwarded-Host: chat.example.org', 'Forwarded: host=chat.example.org', 'X-Original-Host: chat.example.org', 'X-Host: chat.example.org']) {
      const answer = await ask('/page', 'Host: evil.example.org', header)
      expect(answer.status).toBe(421)
      expect(answer.body).toContain('"code":"host_unknown"')
    }
    expect((await ask('/nothing', 'Host: evil.example.org')).status).toBe(421)
  })

  it('tells everybody that it lives, and its public keys', async () => {
    for (const path of ['/healthz', '/readyz', '/readyz?verbose', '/.well-known/jwks.json']) expect((await ask(path, `Host: 10.1.2.3:${port}`)).status).toBe(200)
  })
})
