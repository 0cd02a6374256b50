import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CodedError, ExtendedError } from '@chatflow/shared/errors'
import { readInput } from './body.ts'
import { createFastify } from './create-fastify.ts'
import { createLogger } from './logger.ts'
import { createNotFoundHandler } from './problems.ts'

const lines: string[] = []
const app = createFastify({ log: createLogger('info', { write: (line: string) => void lines.push(line) }), bodyLimit: 100 })
app.setNotFoundHandler(createNotFoundHandler(app))
const body = z.strictObject({ name: z.string().min(2), inner: z.object({ n: z.number() }), list: z.array(z.number()).min(2).max(3).optional() })
app.post('/input', (request) => readInput(body, request.body))
app.get('/extended', () => Promise.reject(new ExtendedError('second_factor_required', { ticket: 'planted-ticket', methods: ['totp'] })))
app.get('/limited', () => Promise.reject(new CodedError('rate_limited', undefined, 7)))
app.get('/broken/:id', () => Promise.reject(new Error('planted-fault')))
app.get('/outage', () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })))
app.get('/thrown', () => {
  // eslint-disable-next-line typescript/only-throw-error -- what a careless library may do
  throw 'planted-string'
})

beforeAll(() => app.ready())
afterAll(() => app.close())

const post = (payload: string, type = 'application/json') => app.inject({ method: 'POST', url: '/input', payload, headers: { 'content-type': type } })

describe('an error answer', () => {
  it('is a problem document naming each wrong field', async () => {
    const answer = await post('{"name":"x","inner":{"n":"1"},"more":1}')
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ type: 'urn:chatflow:error:invalid_input', status: 400, code: 'invalid_input' })
    expect(Object.keys(answer.json<{ fields: object }>().fields).sort()).toEqual(['inner.n', 'more', 'name'])
  })

  it('says by a code and its limit what is wrong with each field, for clients that speak another language', async () => {
    const wrongIn = async (payload: string) => (await post(payload)).json<{ wrong: unknown }>().wrong
    expect(await wrongIn('{"name":"x","inner":{"n":"1"},"more":1}')).toEqual({ name: { code: 'too_short', limit: 2 }, 'inner.n': { code: 'malformed' }, more: { code: 'unknown' } })
    expect(await wrongIn('{"name":"xx","inner":{"n":1},"list":[1]}')).toEqual({ list: { code: 'too_few', limit: 2 } })
    expect(await wrongIn('{"name":"xx","inner":{"n":1},"list":[1,2,3,4]}')).toEqual({ list: { code: 'too_many', limit: 3 } })
    expect(await wrongIn('{}')).toMatchObject({ name: { code: 'required' }, inner: { code: 'required' } })
  })

  it('carries what its code says besides, which no log sees', async () => {
    const answer = await app.inject({ url: '/extended' })
    expect(answer.json()).toEqual({
      type: 'urn:chatflow:error:second_factor_required', title: 'A second step is needed to sign in.', status: 401, code: 'second_factor_required', ticket: 'planted-ticket', methods: ['totp'],
    })
    expect(lines.join('')).not.toContain('planted-ticket')
  })

  it.each([
    ['{"planted', 'application/json', 400, 'invalid_json'],
    ['', 'application/json', 400, 'invalid_json'],
    ['{"__proto__":{"planted":1}}', 'application/json', 400, 'invalid_json'],
    ['null', 'application/json', 400, 'invalid_input'],
    ['a=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['{"name":"xx"}', 'text/plain', 415, 'unsupported_media_type'],
    [`"${'x'.repeat(200)}"`, 'application/json', 413, 'body_too_large'],
  ])('to the body %s of type %s is %i %s', async (payload, type, status, code) => {
    const answer = await post(payload, type)
    expect(answer.json()).toMatchObject({ status, code })
    expect(answer.statusCode).toBe(status)
    expect(answer.body).not.toContain('planted')
  })

  it('to an unknown path is not_found, to another method of a known one method_not_allowed with Allow', async () => {
    expect((await app.inject('/nothing')).json()).toMatchObject({ code: 'not_found' })
    expect((await app.inject('/%zz')).json()).toMatchObject({ code: 'not_found' })
    const answer = await app.inject({ method: 'DELETE', url: '/broken/1?x=1' })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers['allow']).toBe('GET, HEAD')
  })

  it('says when to come back', async () => {
    expect((await app.inject('/limited')).headers['retry-after']).toBe('7')
    const outage = await app.inject('/outage')
    expect(outage.statusCode).toBe(503)
    expect(outage.headers['retry-after']).toBe('1')
  })

  it('never tells what went wrong on our side, but under which id it was logged', async () => {
    lines.length = 0
    const answer = await app.inject('/broken/secret-in-path?token=secret-in-query')
    expect(answer.json()).toMatchObject({ status: 500, code: 'internal' })
    expect(answer.body).not.toContain('planted')
    const id = answer.json<{ instance: string }>().instance.split(':').at(-1)
    const entry = lines.map((line) => JSON.parse(line) as { level: number; reqId: string; err?: { message: string } }).find((line) => line.err)
    expect(entry).toMatchObject({ level: 50, reqId: id, err: { message: 'planted-fault' } })
    expect(lines.join('')).not.toContain('secret')
    expect((await app.inject('/thrown')).json()).toMatchObject({ code: 'internal' })
  })
})
