import type { Me } from '@chatflow/shared/api/account'
import { newId } from '@chatflow/shared/ids'
import { onTestFinished } from 'vitest'
import { createMemoryPlatform, MemoryDevice, type MemoryPlatform } from '../../platform/memory-platform.ts'
import type { Fetch } from '../../platform/platform.ts'
import { createChatCore, type ChatCore } from '../chat-core.ts'
import type { TokenSource } from '../token-source.ts'
import { TestServer } from './test-server.ts'

/** A running test server, stopped with the test. */
export async function startServer(): Promise<TestServer> {
  const server = new TestServer()
  await server.listen()
  onTestFinished(() => server.stop())
  return server
}

export function person(username = 'ada'): Me {
  return { id: newId(), email: `${username}@example.org`, username, displayName: username, role: 'member', emailVerified: true }
}

function sessionOf(user: Me): TokenSource {
  return { user, token: async () => user.id, refuse: () => undefined, onFresh: () => () => undefined }
}

/** A page of a device, connected unless said otherwise; closed with the test. */
export async function openPage(server: TestServer, user: Me, options: { device?: MemoryDevice; start?: boolean; durable?: boolean; fetch?: Fetch } = {}): Promise<{ core: ChatCore; platform: MemoryPlatform }> {
  const platform = createMemoryPlatform({
    device: options.device ?? new MemoryDevice(),
    WebSocket,
    origin: server.origin,
    random: () => 0,
    ...(options.fetch && { fetch: options.fetch }),
    ...(options.durable === undefined ? {} : { durable: options.durable }),
  })
  const core = await createChatCore(platform, { session: sessionOf(user) })
  onTestFinished(() => core.close())
  if (options.start !== false) core.start()
  return { core, platform }
}

/** Resolves when the condition holds; looks again whenever the core says that something changed. */
export function until(core: ChatCore, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!condition()) return
      stop()
      stopQueue()
      resolve()
    }
    const stop = core.changed.add(look)
    const stopQueue = core.queue.changed.add(look)
    look()
  })
}
