import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'
import { SoftwareAuthenticator } from './testing/software-authenticator.ts'

const ORIGIN = 'http://localhost:3000'

describe.each(testDatabases())('a passkey on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: Answer
  let second: ReturnType<typeof secondFactorFixture>

  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
    second = secondFactorFixture(auth)
    ada = await auth.register('ada')
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const keys = async (me = ada) => (await auth.as(me, 'GET', 'second-factors')).body['passkeys'] as PasskeyInfo[]
  const refused = { status: 401, code: 'passkey_refused' }

  it('signs in by itself, being two factors in one', async () => {
    const { device, added } = await second.enrolPasskey(ada)
    expect(added.body['passkey']).toMatchObject({ name: 'Laptop', synced: false })
    const answer = await second.passkey(device.get(await second.options()))
    expect(answer.status).toBe(200)
    expect(answer.body['user']).toMatchObject({ username: 'ada' })
    expect((await auth.refresh(answer.token)).status).toBe(200)
    expect((await keys())[0]?.lastUsedAt).toBeGreaterThan(0)
    expect((await db.query("SELECT details FROM audit_log WHERE action = 'account.signed_in'")).rows).toEqual([{ details: { factors: 'passkey' } }])
  })

  it('is asked for after the password, and completes the sign-in', async () => {
    const { device } = await second.enrolPasskey(ada)
    const { ticket, methods } = await second.challenge('ada')
    expect(methods).toEqual(['passkey', 'recovery'])
    const options = await second.options(ticket)
    expect((options as { allowCredentials: { id: string }[] }).allowCredentials.map(({ id }) => id)).toEqual([device.credential.toString('base64url')])
    expect((await second.passkey(device.get(options), ticket)).status).toBe(200)
    expect((await second.passkey(device.get(options), ticket)).body).toMatchObject({ code: 'ticket_invalid' })
  })

  it('comes with recovery codes if it is the first second factor, and they go with the last', async () => {
    const { added } = await second.enrolPasskey(ada)
    expect(added.body['recoveryCodes']).toHaveLength(10)
    const other = await second.enrolPasskey(ada, 'Phone')
    expect(other.added.body['recoveryCodes']).toBeUndefined()
    const [one, two] = await keys()
    expect((await auth.as(ada, 'POST', `passkeys/${one?.id}/remove`, { password: PASSWORD })).status).toBe(204)
    expect((await auth.login('ada')).body).toMatchObject({ code: 'second_factor_required' })
    expect((await auth.as(ada, 'POST', `passkeys/${two?.id}/remove`, { password: PASSWORD })).status).toBe(204)
    expect((await auth.as(ada, 'GET', 'second-factors')).body).toEqual({ totp: false, passkeys: [], recoveryCodes: 0 })
    expect((await auth.login('ada')).status).toBe(200)
    const { rows } = await db.query("SELECT action FROM audit_log WHERE action LIKE 'passkey.%' ORDER BY id")
    expect(rows.map((row) => row['action'])).toEqual(['passkey.added', 'passkey.added', 'passkey.removed', 'passkey.removed'])
    expect(await second.told()).toEqual(['Laptop', 'Phone'].flatMap((name) => [`the passkey "${name}" was added`, `the passkey "${name}" was removed`]))
  })

  it('that was removed signs nobody in', async () => {
    const { device } = await second.enrolPasskey(ada)
    const [key] = await keys()
    const options = await second.options()
    await auth.as(ada, 'POST', `passkeys/${key?.id}/remove`, { password: PASSWORD })
    expect((await second.passkey(device.get(options))).body).toMatchObject(refused)
  })

  it('is renamed and removed by its owner only, who knows the password', async () => {
    await second.enrolPasskey(ada)
    const [key] = await keys()
    const ben = await auth.register('ben')
    for (const id of [key?.id, 'x']) {
      expect((await auth.as(ben, 'PATCH', `passkeys/${id}`, { name: 'Mine' })).body).toMatchObject({ code: 'not_found' })
      expect((await auth.as(ben, 'POST', `passkeys/${id}/remove`, { password: PASSWORD })).body).toMatchObject({ code: 'not_found' })
    }
    expect((await auth.as(ada, 'POST', `passkeys/${key?.id}/remove`, { password: 'not the password' })).body).toMatchObject({ code: 'wrong_credentials' })
    expect((await auth.as(ada, 'PATCH', `passkeys/${key?.id}`, { name: ' Desk ' })).status).toBe(204)
    expect((await keys()).map(({ name }) => name)).toEqual(['Desk'])
    for (const name of ['', '  ', 'x'.repeat(61)]) expect((await auth.as(ada, 'PATCH', `passkeys/${key?.id}`, { name })).body).toMatchObject({ code: 'invalid_input' })
  })

  it('is made by who knows the password, and not twice on one device', async () => {
    expect((await auth.as(ada, 'POST', 'passkeys/options', { password: 'not the password' })).body).toMatchObject({ code: 'wrong_credentials' })
    const { device } = await second.enrolPasskey(ada)
    const { added } = await second.enrolPasskey(ada, 'Again', device)
    expect(added.body).toMatchObject(refused)
    const { body } = await auth.as(ada, 'POST', 'passkeys/options', { password: PASSWORD })
    expect(body['excludeCredentials']).toMatchObject([{ id: device.credential.toString('base64url') }])
    expect(body['authenticatorSelection']).toMatchObject({ residentKey: 'required', userVerification: 'required' })
  })

  it('[R9] is refused if its making was bent', async () => {
    const ben = await auth.register('ben')
    const options = async (me = ada) => (await auth.as(me, 'POST', 'passkeys/options', { password: PASSWORD })).body as never
    const device = new SoftwareAuthenticator(ORIGIN)
    const add = async (response: object, me = ada) => (await auth.as(me, 'POST', 'passkeys', { response, name: 'X' })).body
    expect(await add(device.create(await options(), { origin: 'http://evil.example' }))).toMatchObject(refused)
    expect(await add(device.create(await options(), { challenge: 'A'.repeat(43) }))).toMatchObject(refused)
    expect(await add(device.create(await options(), { userVerified: false }))).toMatchObject(refused)
    expect(await add(device.create(await options(), { crossOrigin: true }))).toMatchObject(refused)
    expect(await add(device.create(await options(ben)))).toMatchObject(refused)
    const late = await options()
    auth.pass(5 * 60_000 + 1)
    const again = await auth.login('ada')
    expect(await add(device.create(late), again)).toMatchObject(refused)
    const of = await second.options()
    expect(await add(device.create({ ...(of as object), rp: { id: 'localhost' }, user: { id: 'x' } } as never), again)).toMatchObject(refused)
    expect(await keys(again)).toEqual([])
  })

  it('[R9] is refused if its answer was bent', async () => {
    const { device } = await second.enrolPasskey(ada)
    const other = await second.enrolPasskey(await auth.register('ben'))
    const answer = async (bent: Parameters<SoftwareAuthenticator['get']>[1]) => (await second.passkey(device.get(await second.options(), bent))).body
    expect(await answer({ origin: 'http://evil.example' })).toMatchObject(refused)
    expect(await answer({ origin: `${ORIGIN}0` })).toMatchObject(refused)
    expect(await answer({ challenge: 'A'.repeat(43) })).toMatchObject(refused)
    expect(await answer({ userVerified: false })).toMatchObject(refused)
    expect(await answer({ crossOrigin: true })).toMatchObject(refused)
    expect(await answer({ userHandle: Buffer.alloc(16).toString('base64url') })).toMatchObject(refused)
    const elsewhere = { ...(await second.options() as object), rpId: 'evil.example' } as never
    expect((await second.passkey(device.get(elsewhere))).body).toMatchObject(refused)
    const signed = device.get(await second.options())
    expect((await second.passkey({ ...signed, response: { ...signed.response, signature: other.device.get(await second.options()).response.signature } })).body).toMatchObject(refused)
    expect((await second.passkey(new SoftwareAuthenticator(ORIGIN).get(await second.options(), { userHandle: 'AAAA' }))).body).toMatchObject(refused)
    device.forge()
    expect(await answer({})).toMatchObject(refused)
  })

  it('signs each challenge once, within 5 minutes', async () => {
    const { device } = await second.enrolPasskey(ada)
    const options = await second.options()
    const first = device.get(options)
    const answers = await Promise.all([second.passkey(first), second.passkey(first), second.passkey(device.get(options))])
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 401, 401])
    const late = await second.options()
    auth.pass(5 * 60_000 + 1)
    expect((await second.passkey(device.get(late))).body).toMatchObject(refused)
  })

  it('whose counter goes back has a copy somewhere, and is refused', async () => {
    const { device } = await second.enrolPasskey(ada)
    expect((await second.passkey(device.get(await second.options(), { counter: 10 }))).status).toBe(200)
    for (const counter of [10, 9, 0]) expect((await second.passkey(device.get(await second.options(), { counter }))).body).toMatchObject(refused)
    expect((await second.passkey(device.get(await second.options(), { counter: 11 }))).status).toBe(200)
  })

  it('may have no counter, as those have that are synced', async () => {
    const { device } = await second.enrolPasskey(ada, 'Phone', new SoftwareAuthenticator(ORIGIN, { counts: false }))
    for (let i = 0; i < 2; i++) expect((await second.passkey(device.get(await second.options()))).status).toBe(200)
  })

  it("does not complete somebody else's sign-in, nor with another sign-in's challenge", async () => {
    const ben = await auth.register('ben')
    const bens = await second.enrolPasskey(ben)
    const { device } = await second.enrolPasskey(ada)
    const { ticket } = await second.challenge('ada')
    expect((await second.passkey(bens.device.get(await second.options(ticket)), ticket)).body).toMatchObject(refused)
    expect((await second.passkey(device.get(await second.options()), ticket)).body).toMatchObject(refused)
    expect((await second.passkey(device.get(await second.options(ticket)))).body).toMatchObject(refused)
    const other = await second.challenge('ada')
    expect((await second.passkey(device.get(await second.options(other.ticket)), ticket)).body).toMatchObject(refused)
    expect((await second.passkey(device.get(await second.options(ticket)), ticket)).status).toBe(200)
  })

  it('signs nobody into an account that was deactivated', async () => {
    const { device } = await second.enrolPasskey(ada)
    await db.query('UPDATE users SET disabled_at = 1')
    expect((await second.passkey(device.get(await second.options()))).body).toMatchObject({ status: 403, code: 'account_disabled' })
  })

  it('is one of 20 at most', async () => {
    for (let i = 0; i < 20; i++) expect((await second.enrolPasskey(ada, `Key ${i}`)).added.status).toBe(200)
    expect((await auth.as(ada, 'POST', 'passkeys/options', { password: PASSWORD })).body).toMatchObject({ status: 409, code: 'too_many_passkeys' })
  })

  it('[R9] refuses answers of another form', async () => {
    const { device } = await second.enrolPasskey(ada)
    const good = device.get(await second.options())
    for (const response of [{}, { ...good, type: 'password' }, { ...good, id: '%' }, { ...good, response: { ...good.response, signature: 1 } }, { ...good, more: 1 }]) {
      expect((await auth.post('login/passkey', { body: { response } })).body).toMatchObject({ status: 400, code: 'invalid_input' })
    }
    for (const clientDataJSON of ['AAAA', Buffer.from('[]').toString('base64url'), Buffer.from('null').toString('base64url'), Buffer.from('{"challenge":{}}').toString('base64url')]) {
      expect((await second.passkey({ ...good, response: { ...good.response, clientDataJSON } })).body).toMatchObject(refused)
    }
    expect((await second.passkey({ ...good, response: { ...good.response, authenticatorData: 'AAAA' } })).body).toMatchObject(refused)
    expect((await auth.post('login/passkey/options', { body: { ticket: 'x' } })).body).toMatchObject({ code: 'ticket_invalid' })
  })
})
