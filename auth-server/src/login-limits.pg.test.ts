import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { authFixture, PASSWORD, type AuthFixture } from './testing/auth-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'

const MINUTES = 60_000

describe.each(testDatabases())('right passwords on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db, { rateLimits: true })
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })

  const sessions = async () => (await db.query('SELECT 1 FROM session_families')).rowCount
  const signIn = (address: string, login = 'ada') => auth.login(login, PASSWORD, { address })

  it('[R10] sign in thirty times in a quarter of an hour at one address, and then make no session until it has passed', async () => {
    await auth.register('ada')
    for (let i = 0; i < 30; i++) expect((await signIn('192.0.2.1')).status).toBe(200)
    const before = await sessions()
    const refused = await signIn('192.0.2.1')
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(await sessions()).toBe(before)
    expect((await signIn('192.0.2.2')).status).toBe(200)
    auth.pass(Number(refused.headers['retry-after']) * 1_000)
    expect((await signIn('192.0.2.1')).status).toBe(200)
  })

  it('[R10] sign in a hundred times an hour, from however many addresses', async () => {
    await auth.register('ada')
    for (let i = 0; i < 100; i++) expect((await signIn(`198.51.100.${i}`)).status).toBe(200)
    const refused = await signIn('198.51.100.200')
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  it('[R10] get a ticket for the second step no more often', async () => {
    const ada = await auth.register('ada')
    const { enrolTotp } = secondFactorFixture(auth)
    await enrolTotp(ada)
    for (let i = 0; i < 30; i++) expect((await signIn('192.0.2.1')).body).toMatchObject({ code: 'second_factor_required' })
    expect((await signIn('192.0.2.1')).body).toMatchObject({ status: 429, code: 'rate_limited' })
  })
})

describe.each(testDatabases())('wrong passwords of others on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db, { rateLimits: true })
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })

  /** Guesses from ever new addresses until the account takes no more; how many were looked at. */
  async function attack(login = 'ada'): Promise<number> {
    for (let guessed = 0; guessed < 100; guessed++) {
      const { status } = await auth.login(login, `guess ${guessed}`, { address: `198.51.100.${guessed}` })
      if (status === 429) return guessed
    }
    return 100
  }

  it('come to an end, from however many addresses they come', async () => {
    await auth.register('ada')
    expect(await attack()).toBe(20)
    expect((await auth.login('ada', PASSWORD, { address: '198.51.100.200' })).body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(await attack('nobody')).toBe(20)
  })

  it('do not shut out the owner where the account has signed in before', async () => {
    const { device } = await auth.register('ada')
    await attack()
    for (const address of ['127.0.0.1', '203.0.113.5', '198.51.100.1']) expect((await auth.login('ada', PASSWORD, { device, address })).status).toBe(200)
    // Nor from the address of the attacker.
    for (let i = 0; i < 25; i++) await auth.login(`name${i}`, 'wrong', { address: '198.51.100.1' })
    expect((await auth.login('ada', PASSWORD, { device, address: '198.51.100.1' })).status).toBe(200)
  })

  it('slow the owner at a new address for the window at worst', async () => {
    await auth.register('ada')
    for (let i = 0; i < 5; i++) await auth.login('ada', 'wrong', { address: '192.0.2.1' })
    expect((await auth.login('ada', PASSWORD, { address: '203.0.113.5' })).status).toBe(200)
    expect(await attack()).toBe(15)
    const slowed = await auth.login('ada', PASSWORD, { address: '203.0.113.5' })
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeLessThanOrEqual(15 * 60)
    auth.pass(Number(slowed.headers['retry-after']) * 1_000)
    expect((await auth.login('ada', PASSWORD, { address: '203.0.113.5' })).status).toBe(200)
  })

  it('are limited on a known device as well, and there for itself', async () => {
    const { device } = await auth.register('ada')
    for (let i = 0; i < 5; i++) expect((await auth.login('ada', 'wrong', { device, address: `203.0.113.${i}` })).status).toBe(401)
    expect((await auth.login('ada', PASSWORD, { device })).status).toBe(429)
    expect((await auth.login('ada', PASSWORD, { address: '203.0.113.9' })).status).toBe(200)
  })

  it('gain nothing from a device that knows another account, nor from one that is made up', async () => {
    const ada = await auth.register('ada')
    const eve = await auth.register('eve')
    await attack()
    const [device = '', signature = ''] = (ada.device ?? '').split('.')
    const made = [eve.device, `${device}.${'A'.repeat(22)}`, `${'A'.repeat(22)}.${signature}`, device, 'x', `${ada.device}.`, '../..', `${device}${'.'.repeat(5_000)}`]
    for (const one of made) expect((await auth.login('ada', PASSWORD, { device: one, address: '203.0.113.9' })).status).toBe(429)
  })

  it('do not reach the other accounts of a shared device', async () => {
    const ada = await auth.register('ada')
    const both = await auth.register('ben', {}, { device: ada.device })
    expect(both.device?.split('.')[0]).toBe(ada.device?.split('.')[0])
    await attack('ada')
    await attack('ben')
    expect((await auth.login('ada', PASSWORD, { device: both.device })).status).toBe(200)
    expect((await auth.login('ben', PASSWORD, { device: both.device })).status).toBe(200)
  })

  it('a new password makes other devices strangers, and a refresh makes the present one known again', async () => {
    const here = await auth.register('ada')
    await auth.register('ben')
    // Another hash of the same password.
    await db.query("UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE username = 'ben') WHERE username = 'ada'")
    await attack()
    expect((await auth.login('ada', PASSWORD, { device: here.device })).status).toBe(429)
    const fresh = await auth.refresh(here.token, { device: here.device })
    expect(fresh.status).toBe(200)
    expect((await auth.login('ada', PASSWORD, { device: fresh.device })).status).toBe(200)
  })

  it('the device cookie is out of reach of scripts and other sites, lives long, and names nobody', async () => {
    const secure = await authFixture(db, { publicUrl: 'https://chat.example.org' })
    const { headers, body } = await secure.register('ada')
    const cookie = [headers['set-cookie'] as string[]].flat().find((one) => one.startsWith('__Host-chatflow_device='))
    expect(cookie).toMatch(/^__Host-chatflow_device=[\w-]{22}\.[\w-]{22}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(cookie).not.toContain((body['user'] as { id: string }).id)
    await secure.close()
  })

  it('remembers at most 8 accounts on a device, the newest', async () => {
    let device: string | undefined
    for (let i = 0; i < 10; i++) ({ device } = await auth.register(`user${i}`, {}, { device, address: `203.0.113.${i}` }))
    expect(device?.split('.')).toHaveLength(9)
    await attack('user0')
    await attack('user9')
    expect((await auth.login('user0', PASSWORD, { device })).status).toBe(429)
    expect((await auth.login('user9', PASSWORD, { device })).status).toBe(200)
  })

  it.each([
    ['x-forwarded-for', (i: number) => `192.0.2.${i}`],
    ['forwarded', (i: number) => `for=192.0.2.${i}`],
    ['x-real-ip', (i: number) => `192.0.2.${i}`],
    ['x-client-ip', (i: number) => `192.0.2.${i}`],
    ['cf-connecting-ip', (i: number) => `192.0.2.${i}`],
    ['x-forwarded-host', (i: number) => `host${i}.example.org`],
  ])('are not counted anew by a made-up %s', async (header, value) => {
    for (let i = 0; i < 20; i++) expect((await auth.login(`nobody${i}`, 'wrong', { headers: { [header]: value(i) } })).status).toBe(401)
    expect((await auth.login('nobody', 'wrong', { headers: { [header]: value(99) } })).status).toBe(429)
  })

  it.each([
    ['from elsewhere than the trusted proxy', { address: '192.0.2.200' }, (i: number) => `192.0.2.${i}`],
    ['in front of what the trusted proxy has added', { address: '10.0.0.1' }, (i: number) => `192.0.2.${i}, 203.0.113.7`],
  ])('are not counted anew by addresses that come %s', async (_, from, value) => {
    const behind = await authFixture(db, { rateLimits: true, trustProxy: ['10.0.0.0/8'] })
    for (let i = 0; i < 20; i++) expect((await behind.login(`nobody${i}`, 'wrong', { ...from, headers: { 'x-forwarded-for': value(i) } })).status).toBe(401)
    expect((await behind.login('nobody', 'wrong', { ...from, headers: { 'x-forwarded-for': value(99) } })).status).toBe(429)
    await behind.close()
  })

  it('are forgotten when the window has passed', async () => {
    await auth.register('ada')
    await attack()
    auth.pass(15 * MINUTES + 1)
    expect(await attack()).toBe(20)
  })
})
