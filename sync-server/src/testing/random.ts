/** Random numbers that are the same for the same seed, so that a failing case can be had again. */
export function randomOf(seed: number): { below(limit: number): number } {
  let state = seed >>> 0
  return {
    /** An integer from 0 to `limit` - 1. */
    below(limit) {
      // xorshift32: good enough to wander through inputs.
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      state >>>= 0
      return state % limit
    },
  }
}
