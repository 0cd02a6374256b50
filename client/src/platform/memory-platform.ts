import { newId } from '@chatflow/shared/ids'
import { emptyCommandData, MemoryCommandStore, type MemoryCommandData } from './memory-command-store.ts'
import { MemoryReplicaStorage } from './memory-replica-storage.ts'
import { mapKeyValue } from './memory-key-value.ts'
import { MemoryLocks } from './memory-locks.ts'
import { MemoryNetwork } from './memory-network.ts'
import { MemoryNotifications } from './memory-notifications.ts'
import { MemoryPush } from './memory-push.ts'
import { openMemoryTabs } from './memory-tabs.ts'
import type { Clock, Fetch, Passkeys, Platform } from './platform.ts'
import { systemClock } from './system-clock.ts'

/** One device: what its tabs share and what outlives them. Make one, then a platform per page load from it. */
export class MemoryDevice {
  readonly values = new Map<string, string>()
  readonly commands = new Map<string, MemoryCommandData>()
  readonly replicas = new Map<string, Map<string, Uint8Array[]>>()
  readonly tabs = new Map<string, Set<(message: unknown) => void>>()
  readonly locks = new Map<string, Promise<unknown>>()
  /** Not asked about yet, as on a new device. */
  readonly notifications = new MemoryNotifications('default')
  readonly push = new MemoryPush()
  /** Open strict stores: set their `failure` to play a full disk. */
  readonly openStores: MemoryCommandStore[] = []
}

export interface MemoryPlatformOptions {
  device?: MemoryDevice
  /** A WebSocket class; to take the device off the network, make its instances close and its constructor fail. */
  WebSocket: unknown
  /** Default: the real clock. */
  clock?: Clock
  origin?: string
  /** Default: no server answers. */
  fetch?: Fetch
  newId?: () => string
  random?: () => number
  /** Default true. False: as a browser without storage. */
  durable?: boolean
  /** Default: a device without passkeys. */
  passkeys?: Passkeys
}

export type MemoryPlatform = Platform & { device: MemoryDevice; network: MemoryNetwork }

const noPasskeys = () => Promise.reject(new Error('no passkeys'))

/** A platform without a browser, for tests and the simulation. */
export function createMemoryPlatform(options: MemoryPlatformOptions): MemoryPlatform {
  const device = options.device ?? new MemoryDevice()
  return {
    device,
    clock: options.clock ?? systemClock,
    newId: options.newId ?? newId,
    random: options.random ?? Math.random,
    origin: options.origin ?? 'http://localhost',
    fetch: options.fetch ?? (() => Promise.reject(new Error('no network'))),
    WebSocket: options.WebSocket,
    keyValue: mapKeyValue(device.values, options.durable !== false),
    network: new MemoryNetwork(),
    locks: new MemoryLocks(device.locks),
    passkeys: options.passkeys ?? { available: false, create: noPasskeys, get: noPasskeys },
    notifications: device.notifications,
    push: device.push,
    openTabs: (name) => openMemoryTabs(device.tabs, name),
    openCommandStore: async (name) => {
      const data = device.commands.get(name) ?? emptyCommandData()
      if (options.durable !== false) device.commands.set(name, data)
      const store = new MemoryCommandStore(options.durable !== false, data)
      device.openStores.push(store)
      return store
    },
    openReplicas: (name, durable) => {
      const stored = device.replicas.get(name) ?? new Map<string, Uint8Array[]>()
      if (durable) device.replicas.set(name, stored)
      return new MemoryReplicaStorage(stored)
    },
    openSearchWorker: () => undefined,
    forgetPictures: async () => undefined,
  }
}
