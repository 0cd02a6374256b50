import { describe, expect, it } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { Account } from './account.ts'
import { FakeAuth } from './testing/fake-auth.ts'
import { person } from './testing/harness.ts'
import { ManualClock } from './testing/manual-clock.ts'
import { SessionEnded } from './token-source.ts'

function setUp() {
  const user = person()
  const auth = new FakeAuth(user)
  const clock = new ManualClock()
  const device = new MemoryDevice()
  const open = () => new Account(createMemoryPlatform({ device, WebSocket: undefined, clock, fetch: auth.fetch }))
  return { user, auth, clock, device, open }
}

const form = { login: 'ada', password: 'correct horse' }

describe('the account', () => {
  it('stays known on the device without a network, and has no token then', async () => {
    const { user, auth, open } = setUp()
    await open().signIn(form)
    auth.reachable = false
    const later = open()
    expect(later.user).toEqual(user)
    await expect(later.token()).rejects.toThrow('no network')
    auth.reachable = true
    expect(await later.token()).toBe(user.id)
  })

  it('says that the session has ended only when the auth-server says so', async () => {
    const { auth, open } = setUp()
    await open().signIn(form)
    auth.session = false
    await expect(open().token()).rejects.toBeInstanceOf(SessionEnded)
    auth.failWith = 403
    await expect(open().token()).rejects.not.toBeInstanceOf(SessionEnded)
    expect(open().isKnown).toBe(true)
  })

  it('knows an ended session from a deactivated account', async () => {
    const { auth, open } = setUp()
    await open().signIn(form)
    auth.session = false
    await expect(open().token()).rejects.toMatchObject({ code: 'session_ended' })
    auth.disabled = true
    await expect(open().token()).rejects.toMatchObject({ code: 'account_disabled' })
  })

  it('renews its token ahead of the end, and tells of each new one', async () => {
    const { auth, clock, open } = setUp()
    const account = open()
    let fresh = 0
    account.onFresh(() => (fresh += 1))
    await account.signIn(form)
    expect(fresh).toBe(1)
    await clock.pass(239_000)
    expect(auth.refreshes).toBe(0)
    await clock.pass(2_000)
    expect([auth.refreshes, fresh]).toEqual([1, 2])
    account.stop()
  })

  it('asks once for many that need a token, in all tabs one after the other', async () => {
    const { auth, open } = setUp()
    await open().signIn(form)
    const [one, two] = [open(), open()]
    await Promise.all([one.token(), one.token(), one.token(), two.token()])
    expect(auth.refreshes).toBe(2)
    expect(auth.mostAtOnce).toBe(1)
  })

  it('gets a new token after the server did not take the present one', async () => {
    const { auth, open } = setUp()
    const account = open()
    await account.signIn(form)
    await account.token()
    expect(auth.refreshes).toBe(0)
    account.refuse()
    await account.token()
    expect(auth.refreshes).toBe(1)
    account.stop()
  })

  it('is signed out for good, also when a refresh was under way', async () => {
    const { auth, open } = setUp()
    const account = open()
    await account.signIn(form)
    account.refuse()
    const refreshing = account.token()
    const out = account.signOut()
    await expect(refreshing).rejects.toBeInstanceOf(SessionEnded)
    await out
    expect([account.isKnown, open().isKnown, auth.session]).toEqual([false, false, false])
  })

  it('has what is kept removed before it waits for the server, which may be out of reach', async () => {
    const { auth, open } = setUp()
    const account = open()
    await account.signIn(form)
    auth.reachable = false
    const steps: string[] = []
    await account.signOut(async () => void steps.push(`wiped while ${open().isKnown ? 'known' : 'unknown'}`))
    expect(steps).toEqual(['wiped while unknown'])
  })

  it('learns its new names, and not those of one that another tab has signed out', async () => {
    const { user, open } = setUp()
    const [one, two] = [open(), open()]
    await one.signIn(form)
    two.reread()
    one.learn({ ...user, displayName: 'Countess' })
    expect(open().user.displayName).toBe('Countess')
    one.forget()
    two.learn({ ...user, displayName: 'Late' })
    expect(open().isKnown).toBe(false)
  })
})
