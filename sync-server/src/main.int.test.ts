import { openDatabase } from '@chatflow/database'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { securityHeaders } from '@chatflow/server-kit/security-headers'
import { rawRequest } from '@chatflow/server-kit/testing/raw-request'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { migrateAuthStandIn } from './testing/people.ts'

it('the sync-server as a program serves its host alone, with the security headers, and stops cleanly when asked to', async () => {
  const url = await freshDatabase(await testPostgres())
  const db = await openDatabase({ url })
  await migrateAuthStandIn(db)
  await db.close()
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DATABASE_URL: url, PUBLIC_URL: 'https://chat.example.org', AUTH_URL: 'http://127.0.0.1:1' }
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env })
  let said = ''
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /"port":(\d+).*sync-server listens/.exec(said)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('close', () => reject(new Error(`it ended: ${said}`)))
  })
  const ask = (path: string, ...lines: string[]) => rawRequest(port, `${[`GET ${path} HTTP/1.1`, 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`)
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']
  const answers = await Promise.all([
    ask('/healthz', 'Host: 10.1.2.3:3000'),
    ask('/readyz', 'Host: 10.1.2.3:3000'),
    ask('/api/bootstrap', 'Host: chat.example.org'),
    ask('/api/bootstrap', 'Host: 10.1.2.3:3000'),
    ask('/nothing', 'Host: chat.example.org'),
    rawRequest(port, `GET /sync HTTP/1.1\r\nHost: evil.example.org\r\n${upgrade.join('\r\n')}\r\n\r\n`),
    rawRequest(port, `GET /sync HTTP/1.1\r\nHost: chat.example.org\r\nOrigin: http://chat.example.org\r\n${upgrade.join('\r\n')}\r\n\r\n`),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 421, 404, 421, 403])
  for (const { headers } of answers) expect(headers).toMatchObject(securityHeaders('https://chat.example.org'))
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
