import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { registerServiceWorker } from './service-worker.ts'

/** The part of a browser's service worker registration that counts here; tests play the browser. */
class FakeWorker extends EventTarget {
  state = 'installing'
  readonly heard: unknown[] = []
  postMessage(message: unknown): void {
    this.heard.push(message)
  }
  become(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeRegistration extends EventTarget {
  waiting: FakeWorker | null = null
  installing: FakeWorker | null = null
  update = vi.fn<() => Promise<void>>(() => Promise.resolve())
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null
  readonly registration = new FakeRegistration()
  register = vi.fn<() => Promise<FakeRegistration>>(() => Promise.resolve(this.registration))
}

let container: FakeContainer
const reload = vi.fn<() => void>()

beforeEach(() => {
  container = new FakeContainer()
  vi.stubEnv('PROD', true)
  vi.stubGlobal('navigator', { serviceWorker: container })
  vi.stubGlobal('location', { reload })
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  reload.mockReset()
})

/** A new version has been fetched and waits beside the one in use. */
async function newVersion(onWaiting: (apply: () => void) => void): Promise<FakeWorker> {
  registerServiceWorker(onWaiting)
  await vi.advanceTimersByTimeAsync(0)
  const worker = new FakeWorker()
  container.registration.installing = worker
  container.registration.dispatchEvent(new Event('updatefound'))
  container.registration.waiting = worker
  worker.become('installed')
  return worker
}

test('a new version is offered and does nothing until it is accepted, then the page is loaded anew', async () => {
  container.controller = new FakeWorker()
  const onWaiting = vi.fn<(apply: () => void) => void>()
  const worker = await newVersion(onWaiting)
  expect(onWaiting).toHaveBeenCalledOnce()
  expect(worker.heard).toEqual([])

  onWaiting.mock.calls[0]?.[0]()
  expect(worker.heard).toEqual([{ type: 'apply-update' }])
  expect(reload).not.toHaveBeenCalled()
  container.dispatchEvent(new Event('controllerchange'))
  expect(reload).toHaveBeenCalledOnce()
})

test('the first visit offers nothing and is not loaded anew', async () => {
  const onWaiting = vi.fn<(apply: () => void) => void>()
  await newVersion(onWaiting)
  container.dispatchEvent(new Event('controllerchange'))
  expect(onWaiting).not.toHaveBeenCalled()
  expect(reload).not.toHaveBeenCalled()
})

test('a tab in which nobody accepted is offered what another tab has applied, and keeps what is being typed', async () => {
  container.controller = new FakeWorker()
  const onWaiting = vi.fn<(apply: () => void) => void>()
  registerServiceWorker(onWaiting)
  await vi.advanceTimersByTimeAsync(0)
  container.dispatchEvent(new Event('controllerchange'))
  expect(reload).not.toHaveBeenCalled()
  onWaiting.mock.calls[0]?.[0]()
  expect(reload).toHaveBeenCalledOnce()
})

test('an open tab asks for a new version every hour', async () => {
  registerServiceWorker(() => {})
  await vi.advanceTimersByTimeAsync(2 * 3_600_000)
  expect(container.registration.update).toHaveBeenCalledTimes(2)
})

test('a browser that refuses service workers still runs the app', async () => {
  container.register.mockRejectedValueOnce(new DOMException('Not here.', 'SecurityError'))
  registerServiceWorker(() => {
    throw new Error('nothing to offer')
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(container.register).toHaveBeenCalledOnce()
})
