/** A run is long enough for the clock, and short enough for a machine that does other things, ms. */
const RUN_MS = 4
const RUNS = 5
/** Between growing as the input does (8) and with its square (64): what is less is no trap. */
export const STEEP = 24
/** The larger input is so many times the smaller one. */
const TIMES = 8

/** What counts the processor's time of this process, so that waiting for a busy machine costs nothing. Named here, for browsers have none. */
const { process } = globalThis as unknown as { process: { cpuUsage(): { user: number; system: number } } }

/**
 * How much more work an input makes that is eight times as large: about 8 where the work grows as the input does, 64 where it grows with its square.
 * For tests that hold an algorithm to its growth without judging the machine. `prepare` answers the work on an input of that size; the larger one is `size`.
 */
export function growth(prepare: (size: number) => () => unknown, size: number): number {
  const [small, large] = [prepare(Math.ceil(size / TIMES)), prepare(size)]
  return ratio(large, small)
}

/** How many times as much the first work costs as the second. */
export function ratio(work: () => unknown, other: () => unknown): number {
  let [least, most] = [Infinity, Infinity]
  for (let run = 0; run < RUNS; run += 1) {
    least = Math.min(least, cost(other))
    most = Math.min(most, cost(work))
  }
  return most / least
}

/** Time of the processor for doing it once, ms. */
function cost(work: () => unknown): number {
  for (let times = 1; ; times *= 4) {
    const before = spent()
    for (let i = 0; i < times; i += 1) work()
    const took = spent() - before
    if (took >= RUN_MS) return took / times
  }
}

function spent(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
