import type { ServerSocket } from '@chatflow/sync-server/testing'
import type { Random } from './random.ts'

type Listener = (event: { data?: ArrayBuffer; code?: number; reason?: string }) => void

interface Frame {
  to: 'server' | 'client'
  data: Uint8Array
}

/** Rewrites or swallows what the server says to clients: how sabotage switches off what the client does with it. */
export type Filter = (frame: Uint8Array) => Uint8Array | undefined

/** Where a new connection goes; undefined: the network is away. */
export type Router = (client: string) => ((ws: ServerSocket, request: Request) => void) | undefined

/**
 * Sockets whose frames lie in queues until the simulation hands them over: any frame may come late, twice or never, and every link may be
 * cut at any moment with what is on its way.
 */
export class Network {
  /** Clients whose frames lie where they are. */
  asleep: (client: string) => boolean = () => false
  readonly links = new Set<Link>()
  filter: Filter = (frame) => frame
  /** Frames handed over, for the check that a run was not vacuous. */
  delivered = 0
  private readonly route: Router

  constructor(route: Router) {
    this.route = route
  }

  /** A WebSocket class for one client. */
  socketClass(client: string): unknown {
    const connect = (url: string, socket: ClientSocket): void => this.connect(client, url, socket)
    return class extends ClientSocket {
      constructor(url: string) {
        super()
        connect(url, this)
      }
    }
  }

  /** Hands over one frame of a random link, with the faults asked for. Returns false when nothing was waiting. */
  step(random: Random, faults: { drop: number; duplicate: number }): boolean {
    const link = random.pick([...this.links].filter((candidate) => candidate.waiting > 0 && !this.asleep(candidate.client)))
    if (link === undefined) return false
    if (random.chance(faults.drop)) link.drop()
    else link.deliver(random.chance(faults.duplicate))
    return true
  }

  /** Hands over everything that waits now. Returns the number of frames. */
  flush(): number {
    let frames = 0
    for (const link of [...this.links]) {
      if (this.asleep(link.client)) continue
      for (let waiting = link.waiting; waiting > 0; waiting -= 1) {
        link.deliver(false)
        frames += 1
      }
    }
    return frames
  }

  cut(which: (link: Link) => boolean): void {
    for (const link of [...this.links]) if (which(link)) link.cut()
  }

  private connect(client: string, url: string, socket: ClientSocket): void {
    const accept = this.route(client)
    const link = new Link(this, client, socket)
    this.links.add(link)
    socket.link = link
    if (accept === undefined) {
      queueMicrotask(() => link.cut())
      return
    }
    queueMicrotask(() => {
      if (link.closed) return
      link.server = accept
      accept(link.serverSocket, new Request(url.replace(/^ws/, 'http')))
      if (link.closed) return
      socket.readyState = 1
      socket.emit('open', {})
    })
  }
}

export class Link {
  readonly client: string
  /** The instance's accept function, by which a link is recognised as going to it. */
  server: ((ws: ServerSocket, request: Request) => void) | undefined
  closed = false
  /** A frame of it was lost on the way. */
  damaged = false
  readonly serverSocket: ServerSocket
  private readonly queue: Frame[] = []
  private readonly network: Network
  private readonly clientSocket: ClientSocket
  private readonly listeners: { message: ((data: Uint8Array) => void)[]; close: ((code: number, reason: Uint8Array) => void)[] } = { message: [], close: [] }

  constructor(network: Network, client: string, clientSocket: ClientSocket) {
    this.network = network
    this.client = client
    this.clientSocket = clientSocket
    const isClosed = (): boolean => this.closed
    this.serverSocket = {
      get readyState() {
        return isClosed() ? 3 : 1
      },
      bufferedAmount: 0,
      send: (data) => this.push({ to: 'client', data: Uint8Array.from(data) }),
      close: (code = 1000, reason = '') => this.close(code, reason),
      terminate: () => this.close(1006, ''),
      ping: () => undefined,
      on: (event: string, listener: unknown) => {
        if (event === 'message' || event === 'close') (this.listeners[event] as unknown[]).push(listener)
      },
    }
  }

  get waiting(): number {
    return this.queue.length
  }

  push(frame: Frame): void {
    if (!this.closed) this.queue.push(frame)
  }

  drop(): void {
    this.damaged = true
    this.queue.shift()
  }

  deliver(twice: boolean): void {
    const frame = this.queue.shift()
    if (frame === undefined) return
    for (let times = twice ? 2 : 1; times > 0 && !this.closed; times -= 1) {
      this.network.delivered += 1
      if (frame.to === 'server') for (const listener of this.listeners.message) listener(Uint8Array.from(frame.data))
      else {
        const data = this.network.filter(Uint8Array.from(frame.data))
        if (data !== undefined) this.clientSocket.emit('message', { data: data.buffer as ArrayBuffer })
      }
    }
  }

  /** The connection breaks: what is on its way is lost, both ends notice. */
  cut(): void {
    this.close(1006, '')
  }

  close(code: number, reason: string): void {
    if (this.closed) return
    this.closed = true
    this.queue.length = 0
    this.network.links.delete(this)
    this.clientSocket.readyState = 3
    for (const listener of this.listeners.close) listener(code, new Uint8Array())
    queueMicrotask(() => this.clientSocket.emit('close', { code, reason }))
  }
}

/** The part of a browser's WebSocket that the provider uses. */
class ClientSocket {
  binaryType = 'arraybuffer'
  readyState = 0
  link: Link | undefined
  private readonly handlers = new Map<string, Set<Listener>>()

  addEventListener(type: string, listener: Listener): void {
    const set = this.handlers.get(type) ?? new Set()
    this.handlers.set(type, set.add(listener))
  }

  removeEventListener(type: string, listener: Listener): void {
    this.handlers.get(type)?.delete(listener)
  }

  emit(type: string, event: Parameters<Listener>[0]): void {
    for (const listener of [...(this.handlers.get(type) ?? [])]) listener(event)
  }

  send(data: Uint8Array): void {
    this.link?.push({ to: 'server', data: Uint8Array.from(data) })
  }

  close(code = 1000, reason = ''): void {
    this.link?.close(code, reason)
  }
}
