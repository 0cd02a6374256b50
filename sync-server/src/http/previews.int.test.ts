import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId, type Id } from '@chatflow/shared/ids'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

const IMAGE = 'a'.repeat(64)

describe.each(testDatabases())('previews over HTTP on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id
  let ben: Id
  let admin: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    admin = await addUser(db, 'admin', 'admin')
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const send = async (user: Id, fields: Record<string, unknown>): Promise<Id> => {
    const id = newId()
    expect((await http.post(user, { commands: [{ v: 1, id, at: 1_700_000_000_000, ...fields }] })).json()).toMatchObject({ results: [{ status: 'accepted' }] })
    return id
  }
  const makeRoom = async (owner: Id): Promise<Id> => {
    const room = newId()
    await send(owner, { type: 'room.create', room, kind: 'private', name: 'room', members: [] })
    return room
  }
  const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code
  const set = async (body: unknown): Promise<LightMyRequestResponse> =>
    http.app.inject({ method: 'PUT', url: '/api/admin/settings', headers: { authorization: `Bearer ${await http.token(admin)}`, 'content-type': 'application/json' }, payload: JSON.stringify(body) })

  it('a picture is for members of a room where a message shows it, as long as it does', async () => {
    const room = await makeRoom(ada)
    const other = await makeRoom(ben)
    const message = await send(ada, { type: 'message.send', room, text: 'https://example.org/' })
    await db.query("insert into preview_images (id, image, created_at) values ($1, '\\x52494646', 1)", [IMAGE])
    const path = `/api/rooms/${room}/previews/${IMAGE}`
    // It is there, and no message shows it.
    expect(codeOf(await http.get(ada, path))).toBe('not_found')
    await db.query('update messages set previews = $2 where id = $1', [message, JSON.stringify([{ url: 'https://example.org/', title: 'Example', image: IMAGE }])])
    const answer = await http.get(ada, path)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'image/webp', 'content-disposition': 'inline; filename="preview.webp"' })
    expect(answer.rawPayload.toString()).toBe('RIFF')
    expect((await http.get(ada, `/api/rooms/${room}/messages`)).json()).toMatchObject({ entries: [{}, { previews: [{ url: 'https://example.org/', title: 'Example', image: IMAGE }] }] })
    // Neither by the room, nor by one's own with the id of the picture.
    expect(codeOf(await http.get(ben, path))).toBe('room_not_found')
    expect(codeOf(await http.get(ben, `/api/rooms/${other}/previews/${IMAGE}`))).toBe('not_found')
    await send(ada, { type: 'message.delete', room, message })
    expect(codeOf(await http.get(ada, path))).toBe('not_found')
    expect((await db.query('select 1 from preview_images')).rows).toEqual([])
  })

  it('an administrator switches them on and off, and the log tells of each step', async () => {
    expect((await http.get(admin, '/api/admin/settings')).json()).toEqual({ linkPreviews: false })
    expect((await set({ linkPreviews: true })).json()).toEqual({ linkPreviews: true })
    expect((await set({ linkPreviews: true })).json()).toEqual({ linkPreviews: true })
    expect((await http.get(admin, '/api/admin/settings')).json()).toEqual({ linkPreviews: true })
    expect((await set({ linkPreviews: false })).json()).toEqual({ linkPreviews: false })
    expect((await set({ linkPreviews: 'yes' })).statusCode).toBe(400)
    expect(codeOf(await http.get(ada, '/api/admin/settings'))).toBe('forbidden')
    const { rows } = await db.query("select actor, details from audit_log where action = 'admin.link_previews_changed' order by id")
    expect(rows).toEqual([
      { actor: admin, details: { from: 'off', to: 'on' } },
      { actor: admin, details: { from: 'on', to: 'off' } },
    ])
  })
})
