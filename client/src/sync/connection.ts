import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { Me } from '@chatflow/shared/api/account'
import { PROTOCOL_VERSION } from '@chatflow/shared/limits'
import type { Platform, Timer } from '../platform/platform.ts'
import { AttachGate } from './attach-gate.ts'
import { afterClose, delayMs, type Delay, type SessionRefusal } from './connection-policy.ts'
import type { ConnectionState } from './connection-state.ts'
import { Listeners } from './listeners.ts'
import { SessionEnded, type TokenSource } from './token-source.ts'

/** Documents that attach at one time. */
const ATTACH_AT_ONCE = 20
/** ms from the start of a try to the server's hello; then the try counts as failed. */
const GREETED_WITHIN = 20_000

/** Stands for "closed by this client" where a close code is expected. */
const GIVEN_UP = 4000
/** The server's close code for a token that is no longer good. */
const SESSION_ENDED = 4401

class Socket extends HocuspocusProviderWebsocket {
  /** Plays the closing of the socket, at once, without waiting for a handshake that a dead network never answers. */
  lose(code: number): void {
    this.emit('close', { event: { code, reason: 'closed' } })
  }
}

/** The one WebSocket. It decides itself when to reconnect; the provider's own retries are switched off. */
export class Connection {
  readonly socket: Socket
  /** Lets documents attach while the socket is open. */
  readonly gate = new AttachGate(ATTACH_AT_ONCE)
  readonly stateChanged = new Listeners<ConnectionState>()
  readonly closed = new Listeners()
  readonly #platform: Platform
  readonly #tokens: TokenSource
  #state: ConnectionState = { state: 'connecting' }
  #running = false
  #open = false
  /** Failures in a row. */
  #attempt = 0
  /** Raised by whatever makes a waiting try pointless. */
  #try = 0
  #timer: Timer | undefined
  #deadline: Timer | undefined
  #unsubscribe: () => void = () => undefined

  constructor(platform: Platform, tokens: TokenSource) {
    this.#platform = platform
    this.#tokens = tokens
    this.socket = new Socket({
      url: `${platform.origin.replace(/^http/, 'ws')}/sync?protocol=${PROTOCOL_VERSION}`,
      WebSocketPolyfill: platform.WebSocket,
      autoConnect: false,
      maxAttempts: 1,
    })
    this.socket.on('open', () => this.#opened())
    this.socket.on('disconnect', ({ event }: { event?: { code?: number } }) => this.#lost(event?.code ?? 1006))
  }

  get state(): ConnectionState {
    return this.#state
  }

  get isOpen(): boolean {
    return this.#open
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#unsubscribe = this.#platform.network.subscribe((online) => {
      if (online) this.hurry()
      else this.#giveUp()
    })
    void this.#connect()
  }

  stop(): void {
    this.#running = false
    this.#unsubscribe()
    this.#clear()
    this.#try += 1
    this.socket.destroy()
  }

  /** The server's hello has come: only now is it a connection. */
  greeted(): void {
    this.#platform.clock.clearTimeout(this.#deadline)
    this.#attempt = 0
    this.#become({ state: 'connected' })
  }

  /** Something suggests that a try would succeed now (network back, signed in again). */
  hurry(): void {
    if (!this.#running || this.#open || (this.#state.state === 'refused' && this.#state.code !== 'second_factor_missing')) return
    this.#attempt = 0
    void this.#connect()
  }

  /** With which a document is opened. */
  token(): Promise<string> {
    return this.#tokens.token()
  }

  /** A document was refused because of the session: new token, new socket; or for good, and with it this client. */
  documentRefused(refusal: SessionRefusal): void {
    if (refusal.next === 'refused') this.#become({ state: 'refused', code: refusal.code })
    this.socket.lose(refusal.next === 'refused' ? GIVEN_UP : SESSION_ENDED)
  }

  async #connect(): Promise<void> {
    this.#clear()
    const mine = ++this.#try
    let user: Me
    try {
      await this.#tokens.token()
      // Signed out since, perhaps: then nobody is here.
      user = this.#tokens.user
    } catch (error) {
      if (mine !== this.#try) return
      if (error instanceof SessionEnded) this.#become(error.code === 'account_disabled' ? { state: 'refused', code: error.code } : { state: 'needs-sign-in' })
      else this.#retry('backoff')
      return
    }
    if (mine !== this.#try || !this.#running) return
    // Set up first, then `hurry()`: until then the server would refuse every document.
    if (user.secondFactorMissing === true) {
      this.#become({ state: 'refused', code: 'second_factor_missing' })
      return
    }
    if (this.#state.state === 'refused') this.#become({ state: 'connecting' })
    this.#deadline = this.#platform.clock.setTimeout(() => this.#giveUp(), GREETED_WITHIN)
    void this.socket.connect()
  }

  #opened(): void {
    this.#open = true
    this.gate.setOpen(true)
  }

  #lost(code: number): void {
    // Without this the provider would reconnect by itself, also after a 4401.
    this.socket.disconnect()
    this.#clear()
    const wasOpen = this.#open
    this.#open = false
    if (wasOpen) {
      this.gate.setOpen(false)
      this.closed.emit()
    }
    if (!this.#running || this.#state.state === 'refused') return
    const after = afterClose(code)
    switch (after.next) {
      case 'refused':
        this.#become({ state: 'refused', code: after.code })
        return
      case 'refresh':
        this.#tokens.refuse()
        this.#retry('now')
        return
      case 'reconnect':
        this.#retry(after.delay)
    }
  }

  #retry(delay: Delay): void {
    if (this.#state.state !== 'offline') {
      this.#become({ state: 'offline', since: this.#platform.clock.now() })
    }
    const ms = delayMs(delay, this.#attempt, this.#platform.random())
    this.#attempt += 1
    this.#clear()
    this.#timer = this.#platform.clock.setTimeout(() => void this.#connect(), ms)
  }

  #giveUp(): void {
    if (this.#open || this.#deadline !== undefined) this.socket.lose(GIVEN_UP)
  }

  #clear(): void {
    this.#platform.clock.clearTimeout(this.#timer)
    this.#platform.clock.clearTimeout(this.#deadline)
    this.#timer = undefined
    this.#deadline = undefined
  }

  #become(state: ConnectionState): void {
    this.#state = state
    this.stateChanged.emit(state)
  }
}
