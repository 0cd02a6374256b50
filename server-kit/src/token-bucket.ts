/** Allows `burst` at once and `perSecond` on average. */
export class TokenBucket {
  private tokens: number
  private filledAt: number
  private readonly burst: number
  private readonly perSecond: number
  private readonly now: () => number

  constructor(burst: number, perSecond: number, now: () => number = Date.now) {
    this.burst = burst
    this.perSecond = perSecond
    this.now = now
    this.tokens = burst
    this.filledAt = now()
  }

  /** Takes `count` at once, or none and answers false when there are fewer. */
  take(count = 1): boolean {
    const now = this.now()
    // A clock that is set back costs nothing: what was waited for counts anew from here.
    const passed = Math.max(0, now - this.filledAt)
    this.tokens = Math.min(this.burst, this.tokens + (passed / 1_000) * this.perSecond)
    this.filledAt = now
    if (this.tokens < count) return false
    this.tokens -= count
    return true
  }

  /** Seconds until there are `count`. */
  wait(count = 1): number {
    return Math.max(0, (count - this.tokens) / this.perSecond)
  }
}
