/**
 * Two-sided p-value of the Mann-Whitney test: how likely samples that lie as far apart as these come from the same distribution.
 * Normal approximation with correction for ties and continuity: for eight samples on each side or more.
 */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, ofA: true })), ...b.map((value) => ({ value, ofA: false }))].sort((x, y) => x.value - y.value)
  let ranksOfA = 0
  let ties = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1
    // Equal values share the mean of their places, which count from 1.
    const rank = (from + to + 1) / 2
    for (const { ofA } of all.slice(from, to)) if (ofA) ranksOfA += rank
    ties += (to - from) ** 3 - (to - from)
    from = to
  }
  const [n, m, N] = [a.length, b.length, all.length]
  const u = ranksOfA - (n * (n + 1)) / 2
  const deviation = Math.sqrt(((n * m) / 12) * (N + 1 - ties / (N * (N - 1))))
  if (deviation === 0) return 1
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / deviation
  return Math.min(1, 2 * upperTail(z))
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
}

/** Area of the standard normal distribution above `z` >= 0 (Abramowitz and Stegun 26.2.17, wrong by 7.5e-8 at most). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum
}
