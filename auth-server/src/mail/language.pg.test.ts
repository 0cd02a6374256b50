import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Signed } from '@chatflow/shared/api/account'
import { authFixture, PASSWORD, type AuthFixture } from '../testing/auth-fixture.ts'

describe.each(testDatabases())('the language of mails on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const subjects = async () => {
    await auth.work()
    return (await auth.mails()).map(({ subject }) => subject)
  }

  it('is the one that the app was in when the account was made', async () => {
    await auth.register('ada', { language: 'de', displayName: 'Ada' }, { headers: { 'accept-language': 'en' } })
    expect(await subjects()).toEqual(['Bestätige deine E-Mail-Adresse'])
    const [mail] = await auth.mails()
    expect(mail?.text).toMatch(/^Hallo Ada,\n/)
    expect(mail?.html).toContain('<html lang="de">')
    expect(mail?.html).toContain('Der Link gilt einmal, für 24 Stunden.')
  })

  it('is that of the browser where nothing else was said, and English where that is none of ours', async () => {
    await auth.register('ada', {}, { headers: { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' } })
    await auth.register('ben', {}, { headers: { 'accept-language': 'fr' } })
    await auth.register('cleo')
    expect(await subjects()).toEqual(['Bestätige deine E-Mail-Adresse', 'Confirm your email address', 'Confirm your email address'])
  })

  it('that there is not is refused, and no account is made', async () => {
    expect((await auth.register('ada', { language: 'tlh' })).body).toMatchObject({ status: 400, code: 'invalid_input' })
    expect((await auth.register('ada')).status).toBe(201)
  })

  it('follows what the person chooses later, for mails that wait too', async () => {
    const ada = (await auth.register('ada')).body as unknown as Signed
    await auth.work()
    await db.tx(async (q) => {
      await enqueue(q, 'language.changed', { user: ada.user.id, language: 'de' }, { now: auth.now() })
    })
    await auth.work()
    await auth.post('password/change', { bearer: ada.accessToken, body: { current: PASSWORD, next: 'another good password' } })
    expect(await subjects()).toEqual(['Confirm your email address', 'Dein Passwort wurde geändert'])
  })

  it('is that of facts in the mail as well', async () => {
    const ada = (await auth.register('ada', { language: 'de' })).body as unknown as Signed
    await db.tx((q) => enqueue(q, 'mail', { user: ada.user.id, template: 'security_changed', facts: { what: 'passkey_added', name: 'Laptop' } }, { now: auth.now() }))
    await db.tx((q) => enqueue(q, 'mail', { user: ada.user.id, template: 'session_reused', facts: { browser: 'Safari 17', device: 'iPhone' } }, { now: auth.now() }))
    await auth.work()
    const said = (await auth.mails()).map(({ text }) => text).join('\n')
    expect(said).toContain('Geändert: Der Passkey „Laptop“ wurde hinzugefügt.')
    expect(said).toContain('Eine Anmeldung von dir (Safari 17 auf iPhone)')
  })
})
