/** Lets documents attach a few at a time: a server refuses a client that opens hundreds at once. */
export class AttachGate {
  readonly #limit: number
  readonly #waiting = new Map<object, () => void>()
  readonly #busy = new Set<object>()
  #open = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Runs `go` once the socket is open and a place is free. `who` must `leave` when its attaching has ended. */
  enter(who: object, go: () => void): void {
    this.#waiting.set(who, go)
    this.#pump()
  }

  leave(who: object): void {
    this.#waiting.delete(who)
    if (this.#busy.delete(who)) this.#pump()
  }

  setOpen(open: boolean): void {
    this.#open = open
    if (!open) this.#busy.clear()
    this.#pump()
  }

  #pump(): void {
    if (!this.#open) return
    for (const [who, go] of this.#waiting) {
      if (this.#busy.size >= this.#limit) return
      this.#waiting.delete(who)
      this.#busy.add(who)
      go()
    }
  }
}
