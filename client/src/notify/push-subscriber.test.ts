import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import type { Answer } from '../chat/contract.ts'
import { refusal } from '../chat/refusal-words.ts'
import { mapKeyValue } from '../platform/memory-key-value.ts'
import { MemoryLocks } from '../platform/memory-locks.ts'
import { MemoryPush } from '../platform/memory-push.ts'
import { ManualClock } from '../sync/testing/manual-clock.ts'
import { PushSubscriber } from './push-subscriber.ts'

/** The routes of the server as this device meets them. */
class FakeServer {
  key = 'key-1'
  reachable = true
  refuses = false
  readonly asked: string[] = []
  readonly subscriptions = new Map<string, { endpoint: string; language: string; device: string }>()

  call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    this.asked.push(`${method} ${path}`)
    if (!this.reachable) return refusal('offline')
    const value = (answer: unknown) => ({ ok: true, value: answer as T }) as const
    if (path === '/api/push/key') return value({ key: this.key })
    if (method === 'GET') return value({ subscriptions: [...this.subscriptions].map(([id, { device }]) => ({ id, device })) })
    if (method === 'POST') {
      if (this.refuses) return refusal('rate_limited')
      const id = newId()
      this.subscriptions.set(id, body as { endpoint: string; language: string; device: string })
      return value({ id })
    }
    this.subscriptions.delete(path.split('/').at(-1) ?? '')
    return value(undefined)
  }
}

function stage() {
  const server = new FakeServer()
  const push = new MemoryPush()
  const clock = new ManualClock()
  const locks = new MemoryLocks()
  const values = new Map<string, string>()
  const changes: string[] = []
  const now = { language: 'en' }
  const open = () => {
    const subscriber: PushSubscriber = new PushSubscriber({
      clock, push, locks, keyValue: mapKeyValue(values, true), key: 'push', device: 'device', language: () => now.language, call: (...asked) => server.call(...asked), onChange: () => changes.push(subscriber.state),
    })
    return subscriber
  }
  return { server, push, clock, values, changes, now, open }
}

it('a device subscribes with the key of the server, and the server learns where to reach it', async () => {
  const { server, push, open, changes } = stage()
  await open().keepUp()
  expect(push.current).toMatchObject({ serverKey: 'key-1' })
  expect([...server.subscriptions.values()]).toEqual([{ endpoint: push.current?.endpoint, keys: { p256dh: 'p256dh', auth: 'auth' }, device: 'device', language: 'en' }])
  expect(changes).toEqual(['on'])
})

it('the next start tells the server nothing new, but after half a day, for another language, or another session', async () => {
  const { server, clock, now, open } = stage()
  await open().keepUp()
  const later = open()
  await later.keepUp()
  expect(server.subscriptions.size).toBe(1)
  expect(later.state).toBe('on')
  now.language = 'de'
  await later.keepUp()
  expect(server.subscriptions.size).toBe(2)
  await clock.pass(12 * 3_600_000)
  await later.keepUp()
  expect(server.subscriptions.size).toBe(3)
  later.forgetTold()
  await later.keepUp()
  expect(server.subscriptions.size).toBe(4)
})

it('a server with another key gets another subscription', async () => {
  const { server, push, open } = stage()
  await open().keepUp()
  const before = push.current?.endpoint
  server.key = 'key-2'
  await open().keepUp()
  expect(push.current?.serverKey).toBe('key-2')
  expect(push.current?.endpoint).not.toBe(before)
  expect([...server.subscriptions.values()].at(-1)?.endpoint).toBe(push.current?.endpoint)
})

it('a subscription that the browser has ended is made again', async () => {
  const { server, push, open } = stage()
  const subscriber = open()
  await subscriber.keepUp()
  push.end()
  await subscriber.keepUp()
  expect([...server.subscriptions.values()].at(-1)?.endpoint).toBe(push.current?.endpoint)
  expect(server.subscriptions.size).toBe(2)
})

it.each([1, 13])('one that the server has given up, as its push service knew it no longer, is made again at a start %i h later, though the browser holds it to be good', async (hours) => {
  const { server, push, clock, open } = stage()
  await open().keepUp()
  const dead = push.current?.endpoint
  server.subscriptions.clear()
  await clock.pass(hours * 3_600_000)
  const later = open()
  await later.keepUp()
  expect(push.current?.endpoint).not.toBe(dead)
  expect([...server.subscriptions.values()]).toMatchObject([{ endpoint: push.current?.endpoint }])
  expect(later.state).toBe('on')
})

it('one that the server has given up and the browser does not let go of is told to the server again at once', async () => {
  const { server, push, open } = stage()
  await open().keepUp()
  push.unsubscribe = async () => undefined
  push.subscribe = async () => {
    if (push.current === undefined) throw new Error('There is none.')
    return push.current
  }
  server.subscriptions.clear()
  const later = open()
  await later.keepUp()
  expect([...server.subscriptions.values()]).toMatchObject([{ endpoint: push.current?.endpoint }])
  expect(later.state).toBe('on')
})

it('where the server does not say whether it knows it, it stays as it is', async () => {
  const { server, push, open } = stage()
  await open().keepUp()
  const before = push.current?.endpoint
  const call = server.call
  server.call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => (path === '/api/push/subscriptions' ? refusal('offline') : call<T>(method, path, body))
  const later = open()
  await later.keepUp()
  expect([push.current?.endpoint, later.state]).toEqual([before, 'waiting'])
})

it('two tabs that find the same fault at the same time mend it once, and the server knows the subscription that there is', async () => {
  const { server, push, open } = stage()
  await open().keepUp()
  server.key = 'key-2'
  server.subscriptions.clear()
  const tabs = [open(), open()]
  await Promise.all(tabs.map((tab) => tab.keepUp()))
  expect([...server.subscriptions.values()]).toMatchObject([{ endpoint: push.current?.endpoint }])
  expect([push.current?.serverKey, ...tabs.map(({ state }) => state)]).toEqual(['key-2', 'on', 'on'])
})

it('without the server it waits, and where the push service or the server declines it says so; each time it can be tried again', async () => {
  const { server, push, open } = stage()
  const subscriber = open()
  server.reachable = false
  await subscriber.keepUp()
  expect(subscriber.state).toBe('waiting')
  server.reachable = true
  push.failing = true
  await subscriber.keepUp()
  expect(subscriber.state).toBe('failed')
  push.failing = false
  server.refuses = true
  await subscriber.keepUp()
  expect(subscriber.state).toBe('failed')
  server.refuses = false
  await subscriber.keepUp()
  expect(subscriber.state).toBe('on')
})

it('switched off, nothing is left here or at the server, and it stays so until it is switched on', async () => {
  const { server, push, open } = stage()
  const subscriber = open()
  await subscriber.keepUp()
  await subscriber.turnOff()
  expect([push.current, server.subscriptions.size, subscriber.state]).toEqual([undefined, 0, 'off'])
  const later = open()
  await later.keepUp()
  expect([push.current, later.state]).toEqual([undefined, 'off'])
  await later.turnOn()
  expect([server.subscriptions.size, later.state]).toEqual([1, 'on'])
})

it('switched off while it is being made, it is not left behind', async () => {
  const { server, push, open } = stage()
  const subscriber = open()
  const making = subscriber.keepUp()
  await subscriber.turnOff()
  await making
  expect([push.current, server.subscriptions.size, subscriber.state]).toEqual([undefined, 0, 'off'])
})

it('signed out while it is being made, which may take a browser minutes after its start, it is not left behind', async () => {
  const { server, push, open } = stage()
  const subscriber = open()
  const made = Promise.withResolvers<void>()
  const subscribe = push.subscribe.bind(push)
  push.subscribe = async (key) => {
    await made.promise
    return subscribe(key)
  }
  const making = subscriber.keepUp()
  await subscriber.end()
  made.resolve()
  await making
  expect([push.current, server.subscriptions.size]).toEqual([undefined, 0])
})

it('paused while it is being made, at whatever moment, it is not left behind and not said to be on, until it is asked for again', async () => {
  for (const moment of ['GET', 'POST']) {
    const { server, push, open } = stage()
    const subscriber = open()
    const call = server.call
    let pausing: Promise<void> | undefined
    server.call = async (method, path, body) => {
      await Promise.resolve()
      if (method === moment) {
        // One more wish from before.
        void subscriber.keepUp()
        pausing = subscriber.pause()
      }
      return call(method, path, body)
    }
    await subscriber.keepUp()
    await pausing
    expect([moment, push.current, server.subscriptions.size, subscriber.state]).toEqual([moment, undefined, 0, 'waiting'])
    server.call = call
    await subscriber.keepUp()
    expect([server.subscriptions.size, subscriber.state]).toEqual([1, 'on'])
  }
})

it('two wishes at the same time make one subscription', async () => {
  const { server, open } = stage()
  const subscriber = open()
  await Promise.all([subscriber.keepUp(), subscriber.keepUp(), subscriber.keepUp()])
  expect(server.subscriptions.size).toBe(1)
})

it('a browser without push is asked nothing, and one that does not end a subscription holds up no sign-out', async () => {
  const { server, clock } = stage()
  const options = { clock, locks: new MemoryLocks(), keyValue: mapKeyValue(new Map(), true), key: 'push', device: 'device', language: () => 'en', call: server.call, onChange: () => undefined }
  const without = new PushSubscriber({ ...options, push: new MemoryPush(false) })
  await without.keepUp()
  expect([without.state, server.asked]).toEqual(['unavailable', []])

  const hanging = new MemoryPush()
  hanging.unsubscribe = () => new Promise(() => undefined)
  let ended = false
  void new PushSubscriber({ ...options, push: hanging }).end().then(() => (ended = true))
  await clock.pass(1_000)
  expect(ended).toBe(false)
  await clock.pass(2_000)
  expect(ended).toBe(true)
})
