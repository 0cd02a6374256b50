import type { Me } from '@chatflow/shared/api/account'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { Account } from '../sync/account.ts'
import { FakeAuth } from '../sync/testing/fake-auth.ts'
import { person, startServer } from '../sync/testing/harness.ts'
import type { TestServer } from '../sync/testing/test-server.ts'
import { SignedIn } from './signed-in.ts'

/** A tab of a device. What happens in it is noted in order. */
function openTab(server: TestServer, auth: FakeAuth, device: MemoryDevice) {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  const platform = createMemoryPlatform({ device, WebSocket, origin: server.origin, random: () => 0, fetch: auth.fetch })
  const account = new Account(platform)
  const signedIn = new SignedIn(platform, account, { enter: note('notifications enter'), leave: () => undefined, signedIn: note('told of signing in'), signedOut: async () => void done.push('notifications end') })
  signedIn.entered.add(({ user, connection }) => done.push(`${user.username} enters, ${connection.state.state}`))
  signedIn.leaving.add(() => done.push('leaving'))
  signedIn.ended.add(note('nobody is here'))
  signedIn.renewed.add(note('renewed'))
  onTestFinished(() => signedIn.close())
  const signIn = () => signedIn.signIn(() => account.signIn({ login: 'ada', password: 'correct horse' }))
  return { platform, signedIn, account, done, signIn }
}

async function scene(user: Me = person()) {
  const server = await startServer()
  return { server, user, auth: new FakeAuth(user), device: new MemoryDevice() }
}

describe('whoever is signed in', () => {
  it('comes with a core, of which everybody has heard before it starts', async () => {
    const { server, auth, device } = await scene()
    const { signedIn, done, signIn } = openTab(server, auth, device)
    await signedIn.start()
    expect([done, signedIn.core]).toEqual([['nobody is here'], undefined])
    done.length = 0
    await signIn()
    expect(done).toEqual(['leaving', 'notifications enter', 'ada enters, connecting', 'told of signing in'])
    await vi.waitUntil(() => signedIn.core?.isOnline === true)
  })

  it('keeps the core when signing in once more, and gives it up to somebody else', async () => {
    const { server, auth, device } = await scene()
    const { signedIn, done, signIn } = openTab(server, auth, device)
    await signIn()
    const { core } = signedIn
    done.length = 0
    await signIn()
    expect([done, signedIn.core === core]).toEqual([['renewed', 'told of signing in'], true])
    auth.user = person('grace')
    await signIn()
    expect(done.slice(2)).toEqual(['leaving', 'notifications enter', 'grace enters, connecting', 'told of signing in'])
    expect(signedIn.core).not.toBe(core)
  })

  it('comes at the next try where the device could not open its stores once', async () => {
    const { server, auth, device } = await scene()
    const { platform, signedIn, done, signIn } = openTab(server, auth, device)
    vi.spyOn(platform, 'openCommandStore').mockRejectedValueOnce(new Error('not now'))
    await expect(signIn()).rejects.toThrow('not now')
    expect(signedIn.core).toBeUndefined()
    done.length = 0
    await signIn()
    expect(done).toContain('ada enters, connecting')
  })

  it('is asked about what is undelivered, and then leaves in all tabs with everything that this device kept', async () => {
    const { server, user, auth, device } = await scene()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.answering = false
    const [one, two] = [openTab(server, auth, device), openTab(server, auth, device)]
    await one.signIn()
    await vi.waitUntil(() => two.signedIn.core !== undefined)
    await one.signedIn.core?.enqueue({ type: 'message.send', room, text: 'not yet' })
    expect(await one.signedIn.signOut(false)).toEqual({ undelivered: 1 })
    expect(one.signedIn.core).toBeDefined()
    one.done.length = 0
    expect(await one.signedIn.signOut(true)).toEqual({ undelivered: 0 })
    expect(one.done).toEqual(['leaving', 'notifications end', 'leaving', 'nobody is here'])
    await vi.waitUntil(() => two.done.at(-1) === 'nobody is here')
    expect([one.signedIn.core, two.signedIn.core, one.account.isKnown, two.account.isKnown]).toEqual([undefined, undefined, false, false])
    await vi.waitUntil(() => device.values.size === 0)
  })

  it('is asked about again in all tabs when one of them asks, and without a network nothing happens', async () => {
    const { server, auth, device } = await scene()
    const [one, two] = [openTab(server, auth, device), openTab(server, auth, device)]
    await one.signIn()
    await vi.waitUntil(() => two.signedIn.core !== undefined)
    for (const { done } of [one, two]) done.length = 0
    auth.reachable = false
    await one.signedIn.refresh()
    expect(one.done).toEqual([])
    auth.reachable = true
    await one.signedIn.refresh()
    await vi.waitUntil(() => two.done.length > 0)
    expect([one.done, two.done]).toEqual([['renewed'], ['renewed']])
  })
})
