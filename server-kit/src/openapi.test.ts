import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createFastify } from './create-fastify.ts'
import { createLogger } from './logger.ts'
import { NO_CONTENT, OPENAPI_PATH, refusals, type App } from './openapi.ts'

const app = createFastify({ log: createLogger('silent') })
void app.register(async (scope) => {
  const typed = scope.withTypeProvider() as App
  const things = {
    summary: 'A thing.',
    body: z.strictObject({ name: z.string().min(2) }),
    response: { 200: z.object({ name: z.string() }), ...refusals('forbidden', 'not_a_member', 'rate_limited') },
  }
  typed.post('/api/things/:id', { config: { access: { who: 'signed-in', can: 'users.list' } }, schema: things }, async (request) => ({ name: request.body.name, secret: 'planted' }))
  typed.post('/api/things', { config: { access: { who: 'anyone' } }, schema: { summary: 'Maybe.', body: z.strictObject({}).nullish() } }, async () => ({}))
  typed.delete('/api/things', { config: { access: { who: 'cookie' } }, schema: { summary: 'None.', response: NO_CONTENT } }, async (_request, reply) => reply.status(204).send())
})
beforeAll(() => app.ready())
afterAll(() => app.close())

interface Operation {
  security: object[]
  requestBody?: { required?: boolean; content: { 'application/json': { schema: object } } }
  responses: Record<string, { description: string }>
  'x-access': object
}

describe('the description of the routes', () => {
  it('tells of each route who may use it, what it takes and what it answers', async () => {
    const { paths } = (await app.inject(OPENAPI_PATH)).json<{ paths: Record<string, Record<string, Operation>> }>()
    expect(Object.keys(paths).sort()).toEqual([OPENAPI_PATH, '/api/things', '/api/things/{id}'])
    const post = paths['/api/things/{id}']?.['post']
    expect(post).toMatchObject({ security: [{ bearer: [] }], 'x-access': { who: 'signed-in', can: 'users.list' } })
    expect(post?.requestBody?.content['application/json'].schema).toMatchObject({ properties: { name: { minLength: 2 } }, additionalProperties: false })
    expect([post, paths['/api/things']?.['post']].map((operation) => operation?.requestBody?.required)).toEqual([true, false])
    expect(post?.responses['403']?.description).toBe('forbidden, not_a_member')
    expect(Object.keys(post?.responses ?? {})).toEqual(['200', '403', '429'])
  })

  it('is what is enforced: wrong input is refused, and what the answer does not name is not sent', async () => {
    const post = (payload: object) => app.inject({ method: 'POST', url: '/api/things/1', payload })
    expect((await post({ name: 'x', more: 1 })).json()).toMatchObject({ code: 'invalid_input', fields: { name: expect.any(String), more: 'unknown field' }, wrong: { name: { code: expect.stringMatching(/^too_/), limit: expect.any(Number) }, more: { code: 'unknown' } } })
    expect((await post({ name: 'xx' })).json()).toEqual({ name: 'xx' })
    expect((await app.inject({ method: 'DELETE', url: '/api/things' })).statusCode).toBe(204)
  })

  it.each([{ config: { access: { who: 'anyone' as const } } }, { schema: { summary: 'No access.' } }, {}])('a route that leaves something out stops the start (%j)', async (options) => {
    const wrong = createFastify({ log: createLogger('silent') })
    expect(() => wrong.get('/api/undeclared', options, async () => ({}))).toThrow('/api/undeclared does not declare')
    await wrong.close()
  })
})
