import type { CeremonyOptions } from '@chatflow/shared/api/second-factor'
import type { CommandStore } from './command-store.ts'
import type { Notifications } from './notifications.ts'
import type { PushDevice } from './push.ts'
import type { ReplicaStorage } from './replica-storage.ts'

/** Handle of a timer; only ever given back to the clock that made it. */
export type Timer = object | number

/** Time, in ms. Everything in `sync/` that waits does so through it, so that a simulation can move it by hand. */
export interface Clock {
  /** ms since the epoch. */
  now(): number
  setTimeout(work: () => void, ms: number): Timer
  /** Nothing happens for `undefined` and for a timer that has fired. */
  clearTimeout(timer: Timer | undefined): void
  setInterval(work: () => void, ms: number): Timer
  clearInterval(timer: Timer): void
}

/** What is used of an HTTP answer. */
export interface HttpAnswer {
  status: number
  headers?: { get(name: string): string | null }
  /** What a download is read from, piece by piece. */
  body?: ReadableStream<Uint8Array<ArrayBuffer>> | null
  json(): Promise<unknown>
}

export interface HttpRequest {
  method: string
  headers: Record<string, string>
  body?: string | Blob
  /** A file comes or goes: it may take as long as the network needs. */
  long?: boolean
}

/** Rejects when the server cannot be reached; any status resolves. Cookies of the origin go along. */
export type Fetch = (url: string, request: HttpRequest) => Promise<HttpAnswer>

/** Small things kept across page loads (device id, who is signed in, caches). Losing them must harm nothing. */
export interface KeyValue {
  /** False: only for this page. */
  readonly durable: boolean
  get(key: string): string | undefined
  /** Silently keeps the value for this page only where nothing can be stored. */
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

/** Speaks to the other tabs of this device; a tab does not hear itself. */
export interface TabChannel {
  post(message: unknown): void
  subscribe(listener: (message: unknown) => void): () => void
  close(): void
}

/** Runs one piece of work at a time per name over all tabs of the device. */
export interface Locks {
  run<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** What the device believes about its network: a hint to try at once, never a reason not to try. */
export interface Network {
  online(): boolean
  subscribe(listener: (online: boolean) => void): () => void
}

/** Asks the person for a passkey, as the server's options want it; resolves with what goes back to the server. Both reject when the person, the device or the browser declines. */
export interface Passkeys {
  /** Passkeys can be used here at all. */
  readonly available: boolean
  create(options: CeremonyOptions): Promise<unknown>
  get(options: CeremonyOptions): Promise<unknown>
}

/** A program beside the page. What is said to it, and by it, is copied. */
export interface Helper {
  post(message: unknown): void
  close(): void
}

/**
 * Everything the client needs from where it runs. Two implementations: the browser (`browser-platform.ts`) and memory
 * (`memory-platform.ts`, for tests and the simulation).
 */
export interface Platform {
  clock: Clock
  /** A UUID of version 7: ids of commands, rooms, the device and runs. */
  newId(): string
  /** 0 <= x < 1, for jitter only. */
  random(): number
  /** Of the page, without a trailing slash: `https://chat.example`. */
  origin: string
  fetch: Fetch
  /** A WebSocket class, handed to the provider. */
  WebSocket: unknown
  keyValue: KeyValue
  network: Network
  locks: Locks
  passkeys: Passkeys
  notifications: Notifications
  push: PushDevice
  openTabs(name: string): TabChannel
  /** Never rejects: where nothing can be stored it answers a store with `durable: false`. */
  openCommandStore(name: string): Promise<CommandStore>
  /** `durable`: what the command store of the same name said. */
  openReplicas(name: string, durable: boolean): ReplicaStorage
  /**
   * Starts what searches the replicas of this name, beside the page; undefined: there is no such thing here, and the page does it itself.
   * `failed`: it has ended, or never began.
   */
  openSearchWorker(name: string, hear: (message: unknown) => void, failed: () => void): Helper | undefined
  /** Forgets what the service worker keeps of the servers: pictures of people. The app's own files stay. */
  forgetPictures(): Promise<void>
}
