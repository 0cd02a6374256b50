import { createServer, type AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { claimPort } from './port.ts'

const servers: ReturnType<typeof createServer>[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function taken(host: string): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

test('a busy port is one sentence that offers the next one', async () => {
  const port = await taken('127.0.0.1')
  const problem = `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`
  expect(await claimPort(port, '127.0.0.1')).toEqual({ problem })
})

test('a port taken on one of the two addresses of localhost is taken', async () => {
  const port = await taken('127.0.0.1')
  expect(await claimPort(port, 'localhost')).toHaveProperty('problem')
})

test('a free port is answered, and is free again after the look', async () => {
  const port = await taken('127.0.0.1')
  await new Promise<void>((resolve) => servers.pop()?.close(() => resolve()))
  expect(await claimPort(port, 'localhost')).toEqual({ port })
  expect(await claimPort(port, 'localhost')).toEqual({ port })
})

test('port 0 picks a free one', async () => {
  expect(await claimPort(0, 'localhost')).toHaveProperty('port', expect.any(Number))
})

test('an address of another machine is named as such', async () => {
  expect(await claimPort(3000, '192.0.2.1')).toEqual({ problem: 'HOST is not an address of this machine.' })
})
