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

  /** False when there is none left. */
  take(): boolean {
    const now = this.now()
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1_000) * this.perSecond)
    this.filledAt = now
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  /** Seconds until there is one. */
  wait(): number {
    return Math.max(0, (1 - this.tokens) / this.perSecond)
  }
}
