import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { portProblem } from './port.ts'

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
  expect(await portProblem(port, '127.0.0.1')).toBe(`Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`)
})

test('a port taken on one of the two addresses of localhost is taken', async () => {
  const port = await taken('127.0.0.1')
  expect(await portProblem(port, 'localhost')).toContain('is in use')
})

test('a free port is no problem, and is free again after the look', async () => {
  const port = await taken('127.0.0.1')
  await new Promise<void>((resolve) => servers.pop()?.close(() => resolve()))
  expect(await portProblem(port, 'localhost')).toBeUndefined()
  expect(await portProblem(port, 'localhost')).toBeUndefined()
})

test('an address of another machine is named as such', async () => {
  expect(await portProblem(3000, '192.0.2.1')).toBe('The address in HOST is not one of this machine.')
})
