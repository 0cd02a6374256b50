import { imageSize } from 'image-size'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { openScanner } from '@chatflow/server-kit/open-scanner'
import { greyPng, twoColours } from '@chatflow/server-kit/testing/pictures'
import { EICAR, startClamd } from '@chatflow/server-kit/testing/start-clamd'
import type { Me, Signed } from '@chatflow/shared/api/account'
import { authFixture, type Answer, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('the profile on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: Answer
  let count = 0
  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db)
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })
  const confirm = (answer: Answer) => db.query('UPDATE users SET email_verified_at = 1 WHERE id = $1', [idOf(answer)])
  beforeEach(async () => {
    ada = await auth.register(`ada${(count += 1)}`)
    await confirm(ada)
    await db.query('DELETE FROM jobs')
  })

  const bearer = (answer: Answer): string => (answer.body as unknown as Signed).accessToken
  const idOf = (answer: Answer): string => (answer.body['user'] as Me).id
  const patch = (body: unknown, who = ada) => auth.send('PATCH', '/api/auth/me', { body, bearer: bearer(who) })
  const jobs = async () => (await db.query<{ type: string; payload: object }>('SELECT type, payload FROM jobs ORDER BY created_at')).rows
  const put = (file: Buffer, type = 'image/png') =>
    auth.app.inject({ method: 'PUT', url: '/api/auth/me/avatar', payload: file, headers: { 'content-type': type, authorization: `Bearer ${bearer(ada)}` } })
  const show = (id: string) => auth.app.inject({ url: `/api/auth/avatars/${id}` })

  it('takes other names, records that, and tells the documents', async () => {
    const answer = await patch({ displayName: '  Ada  King ', username: `countess${count}` })
    expect(answer).toMatchObject({ status: 200, body: { displayName: 'Ada  King', username: `countess${count}`, id: idOf(ada) } })
    expect((await auth.me(ada)).body).toEqual(answer.body)
    expect((await auth.login(`countess${count}`)).status).toBe(200)
    expect((await auth.login(`ada${count}`)).status).toBe(401)
    expect(await jobs()).toEqual([{ type: 'account.changed', payload: { user: idOf(ada) } }])
    const { rows } = await db.query('SELECT action, details FROM audit_log WHERE actor = $1 AND action = $2', [idOf(ada), 'account.renamed'])
    expect(rows).toEqual([{ action: 'account.renamed', details: { displayName: true, username: true } }])
  })

  it('does nothing where nothing changes', async () => {
    expect(await patch({})).toMatchObject({ status: 200, body: { username: `ada${count}` } })
    expect(await patch({ displayName: `ada${count}` })).toMatchObject({ status: 200 })
    expect(await jobs()).toEqual([])
  })

  it('may write its own username in another case, but takes nobody else\'s', async () => {
    await auth.register(`ben${count}`)
    expect(await patch({ username: `ADA${count}` })).toMatchObject({ status: 200, body: { username: `ADA${count}` } })
    expect(await patch({ username: `BEN${count}` })).toMatchObject({ status: 409, body: { code: 'username_taken', fields: { username: expect.any(String) } } })
    expect((await auth.me(ada)).body).toMatchObject({ username: `ADA${count}` })
  })

  it.each([
    [{ displayName: ' ' }, 'display_name_invalid'],
    [{ displayName: 'x'.repeat(65) }, 'display_name_invalid'],
    [{ username: 'a' }, 'username_invalid'],
    [{ username: 'a@b' }, 'username_invalid'],
    [{ username: 'Okay', displayName: '' }, 'display_name_invalid'],
    [{ displayName: 'a\u0000b' }, 'invalid_input'],
    [{ displayName: null }, 'invalid_input'],
    [{ role: 'admin' }, 'invalid_input'],
    [{ avatar: 'x' }, 'invalid_input'],
    [[], 'invalid_input'],
  ])('refuses %j as %s, and nothing changes', async (body, code) => {
    const before = (await auth.me(ada)).body
    expect(await patch(body)).toMatchObject({ status: 400, body: { code } })
    expect((await auth.me(ada)).body).toEqual(before)
    expect(await jobs()).toEqual([])
  })

  it('wants to be signed in for every change', async () => {
    for (const [method, url] of [['PATCH', 'me'], ['PUT', 'me/avatar'], ['DELETE', 'me/avatar'], ['POST', 'me/delete']] as const) {
      expect((await auth.send(method, `/api/auth/${url}`, {})).body).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
  })

  it('has a picture that anyone who knows its id can see, for ever the same', async () => {
    const answer = await put(await twoColours(600, 400).png())
    const { avatar } = answer.json<Me>()
    expect(answer.statusCode).toBe(200)
    expect(avatar).toMatch(/^[0-9a-f]{64}$/)
    expect((await auth.me(ada)).body).toMatchObject({ avatar })
    expect((await auth.login(`ada${count}`)).body['user']).toMatchObject({ avatar })
    const shown = await show(avatar ?? '')
    expect(shown.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      'content-disposition': 'inline; filename="picture.webp"',
    })
    expect(imageSize(shown.rawPayload)).toMatchObject({ width: 256, height: 256, type: 'webp' })
    expect(await jobs()).toEqual([{ type: 'account.changed', payload: { user: idOf(ada) } }])
  })

  it('replaces its picture, and the old one is gone; the same one again changes nothing', async () => {
    const first = (await put(greyPng(9, 9))).json<Me>().avatar ?? ''
    const second = (await put(await twoColours(50, 50).png())).json<Me>().avatar ?? ''
    expect(second).not.toBe(first)
    expect((await show(first)).json()).toMatchObject({ status: 404, code: 'not_found' })
    await db.query('DELETE FROM jobs')
    expect((await put(await twoColours(50, 50).png())).json()).toMatchObject({ avatar: second })
    expect(await jobs()).toEqual([])
    const removed = await auth.send('DELETE', '/api/auth/me/avatar', { bearer: bearer(ada) })
    expect(removed.status).toBe(200)
    expect(removed.body).not.toHaveProperty('avatar')
    expect((await show(second)).statusCode).toBe(404)
    expect(await jobs()).toHaveLength(1)
  })

  it('takes no picture while the address is not confirmed, and takes it afterwards; a picture that is there can go', async () => {
    const kept = (await put(greyPng(9, 9))).json<Me>().avatar
    await db.query("UPDATE users SET email_verified_at = NULL, role = 'member' WHERE id = $1", [idOf(ada)])
    expect((await put(await twoColours(50, 50).png())).json()).toMatchObject({ status: 403, code: 'email_unverified' })
    expect((await auth.me(ada)).body).toMatchObject({ avatar: kept })
    expect((await auth.send('DELETE', '/api/auth/me/avatar', { bearer: bearer(ada) })).status).toBe(200)
    await confirm(ada)
    expect((await put(greyPng(9, 9))).statusCode).toBe(200)
  })

  it('gives two people with the same picture an id each', async () => {
    const own = (await put(greyPng(9, 9))).json<Me>().avatar
    ada = await auth.register(`twin${count}`)
    await confirm(ada)
    const other = (await put(greyPng(9, 9))).json<Me>().avatar
    expect(other).not.toBe(own)
    await auth.send('DELETE', '/api/auth/me/avatar', { bearer: bearer(ada) })
    expect((await show(own ?? '')).statusCode).toBe(200)
  })

  it.each([
    ['no picture, whatever it says it is', Buffer.from('<script>alert(1)</script>'), 'image/png', 400, 'image_invalid'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml', 400, 'image_invalid'],
    ['a decompression bomb', greyPng(20_000, 20_000), 'image/png', 400, 'image_invalid'],
    ['an empty body', Buffer.alloc(0), 'image/png', 400, 'image_invalid'],
    ['more than 5 MB', Buffer.alloc(5 * 1024 * 1024 + 1), 'image/png', 413, 'image_too_large'],
    ['JSON', Buffer.from('{}'), 'application/json', 415, 'unsupported_media_type'],
    ['a form', Buffer.from('x'), 'multipart/form-data; boundary=x', 415, 'unsupported_media_type'],
  ])('keeps its picture when it is sent %s', async (_name, file, type, status, code) => {
    const before = (await put(greyPng(9, 9))).json<Me>().avatar
    const answer = await put(file, type)
    expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({ status, code })
    expect((await auth.me(ada)).body).toMatchObject({ avatar: before })
    expect((await db.query('SELECT 1 FROM avatars WHERE user_id = $1', [idOf(ada)])).rows).toHaveLength(1)
  })

  it.each(['x', '0'.repeat(63), 'A'.repeat(64), '..%2f..%2fetc', '0'.repeat(64)])('shows nothing for the id %s', async (id) => {
    expect([400, 404]).toContain((await show(id)).statusCode)
  })
})

describe('a picture on a server with a virus scanner', () => {
  it('is looked at before it is decoded: what is found is refused, and so is everything while the scanner is away', async () => {
    const [database] = testDatabases()
    const db = await database?.open()
    if (db === undefined) throw new Error('There is a database.')
    const clamd = await startClamd()
    const auth = await authFixture(db, { scanner: openScanner(clamd.tcp, { warn: () => undefined }) })
    const ada = await auth.register('ada')
    const put = (payload: Buffer) =>
      auth.app.inject({ method: 'PUT', url: '/api/auth/me/avatar', payload, headers: { 'content-type': 'image/png', authorization: `Bearer ${(ada.body as unknown as Signed).accessToken}` } })
    const kept = (await put(greyPng(9, 9))).json<Me>().avatar
    expect(kept).toBeDefined()
    // A picture as good as any, and something behind its end.
    const infected = Buffer.concat([await twoColours(50, 50).png(), Buffer.from(EICAR)])
    expect((await put(infected)).json()).toMatchObject({ status: 422, code: 'file_infected' })
    // What is no picture at all is found too: it was not decoded.
    expect((await put(Buffer.from(EICAR))).json()).toMatchObject({ status: 422, code: 'file_infected' })
    await clamd.stop()
    const away = await put(await twoColours(50, 50).png())
    expect(away.json()).toMatchObject({ status: 503, code: 'scanner_unavailable' })
    expect(away.headers['retry-after']).toBe('30')
    expect((await auth.me(ada)).body).toMatchObject({ avatar: kept })
    await auth.close()
    await db.close()
  })
})

describe.each(testDatabases())('changes of a profile on $name', ({ open }) => {
  it('are thirty an hour at most', async () => {
    const db = await open()
    const auth = await authFixture(db, { rateLimits: true })
    const ada = await auth.register('ada')
    const token = (ada.body as unknown as Signed).accessToken
    const change = (displayName: string) => auth.send('PATCH', '/api/auth/me', { body: { displayName }, bearer: token })
    for (let i = 0; i < 30; i++) expect((await change(`Ada ${i}`)).status).toBe(200)
    expect((await change('Ada'))).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    await auth.close()
    await db.close()
  })
})
