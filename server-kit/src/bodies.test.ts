import { expect, it } from 'vitest'
import { z } from 'zod'
import { createFastify } from './create-fastify.ts'
import { createLogger } from './logger.ts'
import type { App } from './openapi.ts'

const app = createFastify({ log: createLogger('silent') }).withTypeProvider() as unknown as App
app.post(
  '/api/thing',
  { config: { access: { who: 'anyone' } }, schema: { summary: 'x', body: z.strictObject({ name: z.string().max(10), list: z.array(z.string()).max(5).optional(), any: z.unknown() }) } },
  async () => ({ ok: true }),
)

const post = (payload: string) => app.inject({ method: 'POST', url: '/api/thing', headers: { 'content-type': 'application/json' }, payload })
const nested = (depth: number, open = '[', close = ']') => `${open.repeat(depth)}${close.repeat(depth)}`

it.each([
  ['brackets without end', '['.repeat(60_000)],
  ['arrays in arrays', nested(30_000)],
  ['objects in objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['arrays in arrays where a text is wanted', `{"name":${nested(30_000)},"any":1}`],
  ['a huge array', `{"name":"x","list":[${'"a",'.repeat(15_000)}"a"],"any":1}`],
  ['a huge array of wrong things', `{"name":"x","list":[${'1,'.repeat(30_000)}1],"any":1}`],
  ['thousands of unknown fields', `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
  ['a number beyond all numbers', '1e999999'],
  ['a prototype', '{"name":"x","any":1,"__proto__":{"admin":true}}'],
  ['a prototype deep inside', `{"name":"x","any":${'['.repeat(5_000)}{"__proto__":{"admin":true}}${']'.repeat(5_000)}}`],
  ['a constructor', '{"name":"x","any":{"constructor":{"prototype":{"admin":true}}}}'],
  ['nothing', ''],
  ['null', 'null'],
  ['a text', '"name"'],
])('[R9] %s is answered 400, in few words', async (_, body) => {
  const answer = await post(body)
  expect(answer.statusCode).toBe(400)
  expect(['invalid_json', 'invalid_input']).toContain(answer.json<{ code: string }>().code)
  expect(answer.body.length).toBeLessThan(10_000)
})

it('what is nested deeply where anything may stand does no harm', async () => {
  expect((await post(`{"name":"x","any":${nested(30_000)}}`)).statusCode).toBe(200)
})

it('[R10] a body above 64 KiB is answered 413, whatever it says of its length', async () => {
  expect((await post(`{"name":"${'x'.repeat(65_536)}"}`)).json()).toMatchObject({ status: 413, code: 'body_too_large' })
})
