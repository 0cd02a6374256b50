import { newId } from '@chatflow/shared/ids'
import { browserNotifications } from './browser-notifications.ts'
import { browserPasskeys } from './browser-passkeys.ts'
import { browserPush } from './browser-push.ts'
import { openBrowserCommandStore } from './browser-command-store.ts'
import { BrowserReplicaStorage } from './browser-replica-storage.ts'
import { MemoryCommandStore } from './memory-command-store.ts'
import { mapKeyValue } from './memory-key-value.ts'
import { MemoryLocks } from './memory-locks.ts'
import { openMemoryTabs } from './memory-tabs.ts'
import { PICTURE_CACHE } from './picture-cache.ts'
import { MemoryReplicaStorage } from './memory-replica-storage.ts'
import type { Fetch, KeyValue, Locks, Network, Platform, TabChannel } from './platform.ts'
import { openSearchWorker } from './browser-search-worker.ts'
import { systemClock } from './system-clock.ts'

/** ms after which a request without an answer counts as "no network". */
const ANSWER_WITHIN = 15_000

/** The page's own platform. Where a browser forbids something, its memory fake stands in. */
export function createBrowserPlatform(): Platform {
  return {
    clock: systemClock,
    newId,
    random: Math.random,
    origin: location.origin,
    fetch: browserFetch,
    WebSocket,
    keyValue: browserKeyValue(),
    network: browserNetwork,
    locks: browserLocks(),
    passkeys: browserPasskeys(),
    notifications: browserNotifications(),
    push: browserPush(),
    openTabs: openBrowserTabs,
    openCommandStore: (name) => openBrowserCommandStore(name).catch(() => new MemoryCommandStore(false)),
    openReplicas: (name, durable) => (durable ? new BrowserReplicaStorage(name) : new MemoryReplicaStorage()),
    openSearchWorker,
    forgetPictures: async () => {
      if ('caches' in globalThis) await caches.delete(PICTURE_CACHE).catch(() => false)
    },
  }
}

const browserFetch: Fetch = (url, { long = false, ...request }) =>
  fetch(url, { ...request, credentials: 'same-origin', cache: 'no-store', ...(long ? {} : { signal: AbortSignal.timeout(ANSWER_WITHIN) }) })

function browserKeyValue(): KeyValue {
  try {
    const storage = localStorage
    const probe = 'chatflow:probe'
    storage.setItem(probe, '1')
    storage.removeItem(probe)
    return {
      durable: true,
      get: (key) => storage.getItem(key) ?? undefined,
      set: (key, value) => {
        try {
          storage.setItem(key, value)
        } catch {
          // Full: what is kept here can be made again.
        }
      },
      remove: (key) => storage.removeItem(key),
      keys: () => Object.keys(storage),
    }
  } catch {
    return mapKeyValue(new Map(), false)
  }
}

const browserNetwork: Network = {
  online: () => navigator.onLine,
  subscribe(listener) {
    const on = () => listener(true)
    const off = () => listener(false)
    addEventListener('online', on)
    addEventListener('offline', off)
    return () => {
      removeEventListener('online', on)
      removeEventListener('offline', off)
    }
  },
}

/** Web Locks exist only in secure contexts. */
function browserLocks(): Locks {
  const locks = (navigator as { locks?: LockManager }).locks
  if (!locks) return new MemoryLocks()
  return { run: (name, work) => locks.request(name, work) }
}

function openBrowserTabs(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return openMemoryTabs(new Map(), name)
  const channel = new BroadcastChannel(name)
  const listeners = new Set<(message: unknown) => void>()
  channel.onmessage = (event: MessageEvent<unknown>) => {
    for (const listener of listeners) listener(event.data)
  }
  return {
    post: (message) => channel.postMessage(message),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => channel.close(),
  }
}
