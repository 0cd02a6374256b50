import type { Readable } from 'node:stream'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { audit } from '@chatflow/server-kit/audit'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'
import { readZip } from '../testing/read-zip.ts'
import { exportArchive } from './archive.ts'

describe.each(testDatabases())('the download of one\'s data on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id
  let ben: Id
  let count = 0
  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
  })
  afterAll(async () => {
    await http.close()
    await db.close()
  })
  beforeEach(async () => {
    ada = await addUser(db, `ada${(count += 1)}`)
    ben = await addUser(db, `ben${count}`)
  })

  const send = async (user: Id, fields: Record<string, unknown>): Promise<Id> => {
    const id = newId()
    const answer = await http.post(user, { commands: [{ v: 1, id, at: 1_700_000_000_000, ...fields }] })
    expect(answer.json()).toMatchObject({ results: [{ status: 'accepted' }] })
    return id
  }
  const makeRoom = async (owner: Id, members: Id[]): Promise<Id> => {
    const room = newId()
    await send(owner, { type: 'room.create', room, kind: 'private', name: 'Engine', members })
    return room
  }
  const download = async (user: Id): Promise<Map<string, Buffer>> => {
    const answer = await http.get(user, '/api/me/export')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({ 'content-type': 'application/zip', 'content-disposition': expect.stringMatching(/^attachment; filename="chatflow-\d{4}-\d\d-\d\d\.zip"$/) })
    return readZip(answer.rawPayload)
  }
  const json = (files: Map<string, Buffer>, path: string): unknown => JSON.parse(String(files.get(path)))

  it('is given only to who has shown lately who they are', async () => {
    await db.query('update session_families set authenticated_at = $2 where id = $1', [ada, Date.now() - 10 * 60_000 - 1])
    const answer = await http.get(ada, '/api/me/export')
    expect([answer.statusCode, answer.json()]).toMatchObject([403, { code: 'confirmation_required' }])
    await db.query('update session_families set authenticated_at = $2 where id = $1', [ada, Date.now()])
    expect((await download(ada)).size).toBeGreaterThan(0)
  })

  it('holds all that is kept about a person', async () => {
    const room = await makeRoom(ben, [ada])
    const dm = dmRoomId([ada, ben])
    await send(ada, { type: 'room.create', room: dm, kind: 'dm', members: [ben] })
    const first = await send(ada, { type: 'message.send', room, text: 'Zeile 1\n"quoted" 🚂' })
    const answer = await send(ada, { type: 'message.send', room, text: 'second', replyTo: first })
    const deleted = await send(ada, { type: 'message.send', room, text: 'regretted' })
    await send(ada, { type: 'message.delete', room, message: deleted })
    await send(ada, { type: 'message.send', room: dm, text: 'hi ben' })
    const bens = await send(ben, { type: 'message.send', room, text: `for @ada${count}, a secret of ben` })
    await send(ada, { type: 'message.react', room, message: bens, emoji: '🎉', on: true })
    await send(ada, { type: 'draft.set', room, text: 'half' })
    await send(ada, { type: 'me.set', key: 'density', value: 'compact' })
    const soon = Date.now() + 3_600_000
    const later = await send(ada, { type: 'message.schedule', room, text: 'later', sendAt: soon })
    await db.query('insert into last_seen (user_id, at) values ($1, 9)', [ada])
    await send(ada, { type: 'room.read', room, seq: 3 })
    await db.query('update users set email = $2, avatar = $3 where id = $1', [ada, 'ada@example.org', `pic${count}`])
    await db.query('insert into avatars (id, user_id, image) values ($1, $2, $3)', [`pic${count}`, ada, Buffer.from('RIFFpicture')])
    await send(ada, { type: 'message.report', room, message: bens, reason: 'spam' })
    await audit(db, { actor: ben, action: 'member.role_changed', target: { kind: 'user', id: ada }, room, details: { from: 'reader', to: 'member' } }, 5)
    await audit(db, { actor: ben, action: 'report.made', target: { kind: 'user', id: ada }, details: { reason: 'other' } }, 6)
    await audit(db, { actor: ben, action: 'account.registered', target: { kind: 'user', id: ben }, details: { role: 'member' } }, 7)

    await db.query('update session_families set created_at = 5, last_used_at = 6 where id = $1', [ada])

    const files = await download(ada)
    expect([...files.keys()].sort()).toEqual(
      [
        'README.txt', 'audit.json', 'avatar.webp', 'bans.json', 'drafts.json', 'invitations.json', 'mentions.json', `messages/${dm}.json`, `messages/${room}.json`,
        'notes.json', 'profile.json', 'push.json', 'reactions.json', 'reports.json', 'rooms.json', 'scheduled.json', 'second-factors.json', 'sessions.json', 'settings.json',
      ].sort(),
    )
    expect(json(files, 'profile.json')).toEqual({ id: ada, email: 'ada@example.org', username: `ada${count}`, displayName: `Ada${count}`, role: 'member', emailVerifiedAt: 1, createdAt: 0, lastSeenAt: 9 })
    expect(String(files.get('avatar.webp'))).toBe('RIFFpicture')
    expect(json(files, 'sessions.json')).toEqual([{ id: ada, createdAt: 5, lastUsedAt: 6 }])
    expect(json(files, 'rooms.json')).toEqual([
      { room, kind: 'private', name: 'Engine', topic: '', role: 'member', joinedAt: expect.any(Number), cursor: 3 },
      { room: dm, kind: 'dm', name: '', topic: '', role: 'member', joinedAt: expect.any(Number), cursor: 0, with: [ben] },
    ])
    expect(json(files, `messages/${room}.json`)).toEqual([
      expect.objectContaining({ room, id: first, seq: 2, by: ada, text: 'Zeile 1\n"quoted" 🚂', sentAt: 1_700_000_000_000 }),
      expect.objectContaining({ room, id: answer, seq: 3, text: 'second', replyTo: first }),
    ])
    expect(json(files, `messages/${dm}.json`)).toEqual([expect.objectContaining({ text: 'hi ben' })])
    expect(json(files, 'reactions.json')).toEqual([{ room, seq: 5, emoji: '🎉' }])
    expect(json(files, 'mentions.json')).toEqual([{ room, seq: 5, by: ben, at: expect.any(Number) }])
    expect(json(files, 'drafts.json')).toEqual([{ room, text: 'half', at: 1_700_000_000_000 }])
    expect(json(files, 'scheduled.json')).toEqual([{ id: later, room, text: 'later', sendAt: soon }])
    expect(json(files, 'settings.json')).toEqual({ density: 'compact' })
    expect(json(files, 'reports.json')).toEqual([{ id: expect.any(String), room, message: bens, reason: 'spam', at: expect.any(Number) }])
    expect(json(files, 'audit.json')).toEqual([
      expect.objectContaining({ by: 'me', action: 'report.made', room }),
      { at: 5, by: 'somebody else', action: 'member.role_changed', target: { kind: 'user', id: ada }, room, details: { from: 'reader', to: 'member' } },
      { at: expect.any(Number), by: 'me', action: 'account.exported', target: { kind: 'user', id: ada }, details: {} },
    ])
    const all = Buffer.concat([...files.values()])
    for (const foreign of ['a secret of ben', 'regretted', `ben${count}`]) expect(all.includes(foreign) ? foreign : '').toBe('')
  })

  it('tells with what a person signs in, and what others may do with that in no hands', async () => {
    const other = newId()
    const room = await makeRoom(ben, [])
    await db.query("insert into totp (user_id, secret, created_at, confirmed_at, last_step) values ($1, 'planted-secret', 10, 11, 2), ($2, 'planted-other', 10, null, 0)", [ada, ben])
    await db.query("insert into recovery_codes (hash, user_id) values ('planted-a' || $3, $1), ('planted-b' || $3, $1), ('planted-c' || $3, $2)", [ada, ben, other])
    await db.query(
      `insert into passkeys (id, user_id, credential, public_key, counter, transports, synced, name, created_at, last_used_at)
       values ($1, $2, 'planted-credential', 'planted-key', 4711, '["usb"]', false, 'Key', 12, 13), ($3, $4, 'planted-x', 'planted-y', 1, '[]', true, 'planted-name', 12, null)`,
      [other, ada, newId(), ben],
    )
    await db.query("insert into invitations (id, code_hash, role, note, uses, used, created_by, created_at, expires_at) values ($1, 'planted-code', 'guest', 'for the fair', 5, 1, $2, 14, 15)", [other, ada])
    await db.query("insert into bans (room_id, user_id, by_user, reason, at) values ($1, $2, $3, 'planted-reason', 16)", [room, ada, ben])
    await audit(db, { actor: ben, action: 'message.deleted_by_other', target: { kind: 'message', id: other }, room, details: { seq: 2, author: ada } }, 17)

    const files = await download(ada)
    expect(json(files, 'second-factors.json')).toEqual({
      totp: { createdAt: 10, lastUsedAt: 60_000 },
      passkeys: [{ id: other, name: 'Key', transports: ['usb'], synced: false, createdAt: 12, lastUsedAt: 13 }],
      recoveryCodes: 2,
    })
    expect(json(files, 'invitations.json')).toEqual([{ id: other, role: 'guest', note: 'for the fair', uses: 5, used: 1, createdAt: 14, expiresAt: 15 }])
    expect(json(files, 'bans.json')).toEqual([{ room, at: 16 }])
    expect(json(files, 'audit.json')).toContainEqual(expect.objectContaining({ by: 'somebody else', action: 'message.deleted_by_other' }))
    expect(Buffer.concat([...files.values()]).includes('planted')).toBe(false)
    expect(json(await download(ben), 'second-factors.json')).toMatchObject({ recoveryCodes: 1, passkeys: [{ name: 'planted-name' }] })
    expect(json(await download(ben), 'second-factors.json')).not.toHaveProperty('totp')
  })

  it('of somebody who has done nothing is whole too', async () => {
    const files = await download(ada)
    expect(json(files, 'rooms.json')).toEqual([])
    expect(json(files, 'reactions.json')).toEqual([])
    expect([...files.keys()].some((path) => path.startsWith('messages/'))).toBe(false)
  })

  it('never gives out hashes or other columns of the account', async () => {
    await db.query('alter table users add column if not exists password_hash text')
    await db.query('update users set password_hash = $2 where id = $1', [ada, '$2b$planted'])
    expect(Buffer.concat([...(await download(ada)).values()]).includes('planted')).toBe(false)
  })

  it('has every message of a hundred thousand, and reads no more than somebody takes', async () => {
    const room = await makeRoom(ada, [ben])
    await db.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
       select $1, n, gen_random_uuid(), n, $2, n, n, md5(n::text) || md5((n + 1)::text) from generate_series(2, 100001) n`,
      [room, ada],
    )
    let pages = 0
    const watched: Database = {
      ...db,
      kind: db.kind,
      pool: db.pool,
      query: (text, values) => {
        if (text.startsWith('select * from messages where by_user')) pages += 1
        return db.query(text, values)
      },
    }
    const stream: Readable = await exportArchive(watched, ada, new Date())
    const parts: Buffer[] = []
    const reader = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    for (let i = 0; i < 40; i += 1) parts.push((await reader.next()).value)
    // Nobody takes the rest: while the database answers hundreds of other questions, the archive asks for no more than fills its pipes.
    const before = pages
    for (let i = 0; i < 300; i += 1) await db.query('select 1')
    expect(pages - before).toBeLessThan(40)
    expect(pages).toBeLessThan(100)
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) parts.push(next.value)
    const messages = json(await readZip(Buffer.concat(parts)), `messages/${room}.json`) as { seq: number }[]
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 100_000 }, (_, i) => i + 2))
    expect(pages).toBe(201)
  })

  it('breaks off, and does not end as if it were whole, when the database does', async () => {
    await send(ada, { type: 'message.send', room: await makeRoom(ada, []), text: 'x' })
    const failing: Database = {
      ...db,
      kind: db.kind,
      pool: db.pool,
      query: (text, values) => (text.startsWith('select * from messages where by_user') ? Promise.reject(new Error('planted outage')) : db.query(text, values)),
    }
    const stream = await exportArchive(failing, ada, new Date())
    await expect((async () => { for await (const _ of stream); })()).rejects.toThrow('planted outage')
  })

  it('is for whoever is signed in', async () => {
    expect((await http.app.inject('/api/me/export')).json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  })
})

describe.each(testDatabases())('downloads on $name', ({ open }) => {
  it('are three a day, and a restart counts on', async () => {
    const db = await open()
    let http = await httpFixture(db, true)
    const ada = await addUser(db, 'ada')
    const ben = await addUser(db, 'ben')
    const answers = await Promise.all(Array.from({ length: 5 }, () => http.get(ada, '/api/me/export')))
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429])
    await http.close()
    http = await httpFixture(db, true)
    const refused = await http.get(ada, '/api/me/export')
    expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(86_000)
    expect((await http.get(ben, '/api/me/export')).statusCode).toBe(200)
    await http.close()
    await db.close()
  })
})
