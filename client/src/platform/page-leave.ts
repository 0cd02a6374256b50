/** What is to be handed over, and what is done once that has been. */
const handOvers = new Set<() => void>()
const ends = new Set<() => void>()
let listening = false

/** Runs `handOver` when the page goes away or out of sight, which may be the last that it hears. Answers how to stop that. */
export function onLeave(handOver: () => void): () => void {
  return enlist(handOvers, handOver)
}

/** Runs `end` then, after everything has been handed over: the order in which browsers call listeners is that of their registration. */
export function afterLeave(end: () => void): () => void {
  return enlist(ends, end)
}

function enlist(list: Set<() => void>, work: () => void): () => void {
  if (!listening) {
    listening = true
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
  }
  list.add(work)
  return () => void list.delete(work)
}

function leave(): void {
  for (const work of [...handOvers, ...ends]) work()
}
