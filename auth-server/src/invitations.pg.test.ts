import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Invitations, NewInvitation, RegistrationMode } from '@chatflow/shared/api/admin'
import { newId } from '@chatflow/shared/ids'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'
import { authFixture } from './testing/auth-fixture.ts'

const HOUR = 3_600_000

describe.each(testDatabases())('invitations on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture

  beforeEach(async () => {
    db = await open()
    auth = await adminFixture(db)
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const invite = async (terms: object = {}): Promise<NewInvitation> => {
    const answer = await auth.admin('POST', 'invitations', { role: 'member', uses: 1, expiresInHours: 24, ...terms })
    expect(answer.status).toBe(201)
    return answer.body as unknown as NewInvitation
  }
  const look = (code: string, address?: string) => auth.post('invitation', { body: { code }, ...(address === undefined ? {} : { address }) })
  const list = async (query = '') => (await auth.admin('GET', `invitations${query}`)).body as unknown as Invitations
  const mode = async (registration: RegistrationMode) => expect((await auth.admin('PUT', 'settings', { registration })).body).toEqual({ registration, secondFactor: 'nobody' })

  it('are links of 160 bits, shown once and kept as a hash', async () => {
    const made = await invite({ role: 'guest', uses: 3, note: '  summer  ' })
    expect(made).toEqual({ id: expect.any(String), code: expect.stringMatching(/^[\w-]{27}$/), url: `http://localhost:3000/#/invite/${made.code}`, expiresAt: expect.any(Number) })
    expect((await list()).invitations).toEqual([
      { id: made.id, role: 'guest', note: 'summer', uses: 3, used: 0, createdAt: expect.any(Number), createdBy: 'admin', expiresAt: made.expiresAt },
    ])
    const kept = JSON.stringify([(await db.query('SELECT * FROM invitations')).rows, (await db.query('SELECT * FROM audit_log')).rows])
    expect(kept + auth.lines.join('')).not.toContain(made.code)
    expect(await auth.audited('invitation.created')).toEqual([{ actor: idOf(auth.first), target_id: made.id, details: { role: 'guest', uses: 3, expiresInHours: 24 } }])
  })

  it('tell their holder who invites, and as what', async () => {
    const made = await invite({ role: 'guest' })
    expect((await look(made.code)).body).toEqual({ role: 'guest', invitedBy: 'admin', expiresAt: made.expiresAt })
  })

  it('make members or guests, and the log tells by which one somebody came', async () => {
    const made = await invite({ role: 'guest', uses: 2 })
    const gina = await auth.register('gina', { invitation: made.code })
    expect(gina).toMatchObject({ status: 201, body: { user: { role: 'guest' } } })
    expect(await auth.audited('invitation.used')).toEqual([{ actor: idOf(gina), target_id: made.id, details: {} }])
    expect((await list()).invitations[0]).toMatchObject({ uses: 2, used: 1 })
    expect((await auth.register('max', { invitation: (await invite()).code })).body).toMatchObject({ user: { role: 'member' } })
  })

  it('never make an administrator', async () => {
    expect((await auth.admin('POST', 'invitations', { role: 'admin', uses: 1, expiresInHours: 1 })).body).toMatchObject({ code: 'invalid_input' })
    await expect(db.query("UPDATE invitations SET role = 'admin'")).resolves.toMatchObject({ rowCount: 0 })
    await invite()
    await expect(db.query("UPDATE invitations SET role = 'admin'")).rejects.toMatchObject({ code: '23514' })
  })

  it('let exactly as many in as they say, however many come at once', async () => {
    const { code } = await invite({ uses: 3 })
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => auth.register(`crowd${i}`, { invitation: code })))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3)
    expect(new Set(answers.filter((answer) => answer.status !== 201).map((answer) => answer.body['code']))).toEqual(new Set(['invitation_invalid']))
    expect((await look(code)).body).toMatchObject({ status: 400, code: 'invitation_invalid' })
    expect((await db.query('SELECT 1 FROM users')).rows).toHaveLength(4)
  })

  it('are not used up by a registration that fails', async () => {
    const { code } = await invite()
    expect((await auth.register('admin', { email: 'other@example.org', invitation: code })).body).toMatchObject({ code: 'username_taken' })
    expect((await auth.register('other', { invitation: code, password: 'short' })).body).toMatchObject({ code: 'password_too_short' })
    expect((await auth.register('other', { invitation: code })).status).toBe(201)
  })

  it('end with their time, when revoked, and when whoever made them may not invite any more', async () => {
    const short = await invite({ expiresInHours: 1 })
    auth.pass(HOUR)
    expect((await look(short.code)).body).toMatchObject({ code: 'invitation_invalid' })
    expect((await auth.register('late', { invitation: short.code })).body).toMatchObject({ status: 400, code: 'invitation_invalid' })

    const again = await auth.login('admin')
    const boss = await auth.register('boss')
    expect((await auth.as(again, 'PATCH', `admin/users/${idOf(boss)}`, { role: 'admin' })).status).toBe(200)
    const ofBoss = (await auth.as(boss, 'POST', 'admin/invitations', { role: 'member', uses: 5, expiresInHours: 9 })).body as unknown as NewInvitation
    const mine = (await auth.as(again, 'POST', 'admin/invitations', { role: 'member', uses: 5, expiresInHours: 9 })).body as unknown as NewInvitation
    expect((await auth.as(again, 'DELETE', `admin/invitations/${mine.id}`)).status).toBe(204)
    expect((await auth.as(again, 'DELETE', `admin/invitations/${mine.id}`)).body).toMatchObject({ status: 404, code: 'not_found' })
    expect((await auth.as(again, 'PATCH', `admin/users/${idOf(boss)}`, { role: 'member' })).status).toBe(200)
    for (const code of [mine.code, ofBoss.code]) expect((await auth.register('late', { invitation: code })).body).toMatchObject({ code: 'invitation_invalid' })
    expect((await auth.audited('invitation.revoked')).map(({ target_id, details }) => [target_id, details])).toEqual([[idOf(boss), { invitations: 1 }], [mine.id, {}]])
  })

  it('are listed page by page', async () => {
    for (let i = 0; i < 3; i++) await invite({ note: `n${i}` })
    const page = await list('?limit=2')
    expect([page.invitations.map((one) => one.note), page.more]).toEqual([['n2', 'n1'], true])
    expect(await list(`?limit=2&before=${page.invitations[1]?.id}`)).toMatchObject({ invitations: [{ note: 'n0' }], more: false })
  })

  it.each([[{ uses: 0 }], [{ uses: 1_001 }], [{ uses: 1.5 }], [{ expiresInHours: 0 }], [{ expiresInHours: 8_761 }], [{ note: 'x'.repeat(201) }], [{ role: 'owner' }], [{ extra: 1 }]])('[R9] refuse %j', async (wrong) => {
    expect((await auth.admin('POST', 'invitations', { role: 'member', uses: 1, expiresInHours: 1, ...wrong })).body).toMatchObject({ status: 400, code: 'invalid_input' })
    expect((await list()).invitations).toEqual([])
  })

  it('are not to be guessed: an address fails 20 times a minute, and successes do not count', async () => {
    const limited = await authFixture(db, { rateLimits: true })
    const { code } = await invite({ uses: 5 })
    const look = (code: string, address = '192.0.2.1') => limited.post('invitation', { body: { code }, address })
    for (let i = 0; i < 30; i++) expect((await look(code)).status).toBe(200)
    for (let i = 0; i < 20; i++) expect((await look(`guess${i}`)).body).toMatchObject({ code: 'invitation_invalid' })
    expect((await look(code)).body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect((await look(code, '192.0.2.2')).status).toBe(200)
    await limited.close()
  })

  it('are needed, or are of no use, as the mode of registration says', async () => {
    const { code } = await invite({ uses: 9 })
    const shown = async () => (await auth.send('GET', '/api/auth/registration')).body
    expect(await shown()).toEqual({ mode: 'open' })
    expect((await auth.register('anna')).status).toBe(201)

    await mode('invitation')
    expect(await shown()).toEqual({ mode: 'invitation' })
    expect((await auth.register('bert')).body).toMatchObject({ status: 403, code: 'invitation_required' })
    expect((await auth.register('bert', { invitation: newId() })).body).toMatchObject({ status: 400, code: 'invitation_invalid' })
    expect((await auth.register('bert', { invitation: code })).status).toBe(201)

    await mode('closed')
    expect(await shown()).toEqual({ mode: 'closed' })
    expect((await auth.register('carl')).body).toMatchObject({ status: 403, code: 'registration_closed' })
    expect((await auth.register('carl', { invitation: code })).body).toMatchObject({ status: 403, code: 'registration_closed' })
    expect((await look(code)).body).toMatchObject({ status: 403, code: 'registration_closed' })
    expect((await auth.login('bert')).status).toBe(200)
    await mode('closed')
    expect((await auth.audited('admin.registration_changed')).map((row) => row.details)).toEqual([{ from: 'invitation', to: 'closed' }, { from: 'open', to: 'invitation' }])
    expect((await auth.admin('GET', 'settings')).body).toEqual({ registration: 'closed', secondFactor: 'nobody' })
  })
})

describe.each(testDatabases())('the first account on $name', ({ open }) => {
  it('can be opened whatever the mode of registration, once', async () => {
    const db = await open()
    const auth = await authFixture(db)
    await db.query("INSERT INTO auth_settings (key, value) VALUES ('registration', 'closed')")
    expect((await auth.send('GET', '/api/auth/registration')).body).toEqual({ mode: 'open' })
    const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => auth.register(`first${i}`, { invitation: 'nonsense' })))
    expect(answers.filter((answer) => answer.status === 201).map((answer) => answer.body['user'])).toMatchObject([{ role: 'admin' }])
    expect(answers.filter((answer) => answer.body['code'] === 'registration_closed')).toHaveLength(4)
    expect((await auth.send('GET', '/api/auth/registration')).body).toEqual({ mode: 'closed' })
    await auth.close()
    await db.close()
  })
})
