/** WebSockets that do what a test says. */
export class FakeSockets {
  readonly made: FakeSocket[] = []
  readonly WebSocket: new (url: string) => FakeSocket

  constructor() {
    const { made } = this
    this.WebSocket = class extends FakeSocket {
      constructor(url: string) {
        super(url)
        made.push(this)
      }
    }
  }

  get last(): FakeSocket {
    const last = this.made.at(-1)
    if (!last) throw new Error('no socket was made')
    return last
  }
}

export class FakeSocket {
  readonly url: string
  readyState = 0
  binaryType = ''
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>()

  constructor(url: string) {
    this.url = url
  }

  addEventListener(type: string, listener: (event: unknown) => void): void {
    const all = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, all.add(listener))
  }

  removeEventListener(type: string, listener: (event: unknown) => void): void {
    this.#listeners.get(type)?.delete(listener)
  }

  send(): void {}

  /** A dead network answers no closing handshake: nothing follows. */
  close(): void {
    this.readyState = 2
  }

  open(): void {
    this.readyState = 1
    this.#emit('open', {})
  }

  closeWith(code: number): void {
    this.readyState = 3
    this.#emit('close', { code, reason: '' })
  }

  #emit(type: string, event: unknown): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(event)
  }
}
