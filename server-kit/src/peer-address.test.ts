import type { IncomingMessage } from 'node:http'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { createPeerAddress } from './peer-address.ts'

it.each([
  [false, '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  [true, '203.0.113.9', '198.51.100.1, 10.0.0.1', '198.51.100.1'],
  [['10.0.0.0/8'], '10.0.0.2', '198.51.100.1, 10.0.0.1', '198.51.100.1'],
  // Whoever connects past the proxy says what he likes, and is not believed.
  [['10.0.0.0/8'], '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  [['10.0.0.0/8'], '10.0.0.2', '192.0.2.7, 198.51.100.1', '198.51.100.1'],
  [['loopback'], '::1', '2001:db8::1', '2001:db8::1'],
])('with TRUST_PROXY %j, of %s that says it passes on %s, it is %s, as it is to Fastify', async (trustProxy, remoteAddress, forwarded, expected) => {
  const headers = { 'x-forwarded-for': forwarded }
  expect(createPeerAddress(trustProxy)({ headers, socket: { remoteAddress } } as unknown as IncomingMessage)).toBe(expected)
  const app = Fastify({ trustProxy })
  app.get('/', (request, reply) => reply.send(request.ip))
  expect((await app.inject({ url: '/', headers, remoteAddress })).body).toBe(expected)
  await app.close()
})
