import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { LIMITS } from '@chatflow/shared/limits'

/** Counts the sockets of this instance that have not said yet whose they are, by address and in all: anybody can open those, and each costs memory and a timer. */
export class WaitingSockets {
  private all = 0
  private readonly ofAddress = new Map<string, number>()

  /** One more from this address. Answers what has to be called once it is authenticated or closed; undefined: there are too many. */
  enter(address: string): (() => void) | undefined {
    const key = addressKey(address)
    const count = this.ofAddress.get(key) ?? 0
    if (this.all >= LIMITS.waitingSockets || count >= LIMITS.waitingSocketsOfAddress) return undefined
    this.all += 1
    this.ofAddress.set(key, count + 1)
    let left = false
    return () => {
      if (left) return
      left = true
      this.all -= 1
      const others = (this.ofAddress.get(key) ?? 1) - 1
      if (others > 0) this.ofAddress.set(key, others)
      else this.ofAddress.delete(key)
    }
  }
}
