import type { Id } from '@chatflow/shared/ids'

export interface KeptVersion {
  id: Id
  /** ms since the epoch. */
  at: number
  bytes: number
}

/** The newest are never thinned out: they are what somebody undoes. */
const UNTOUCHED = 10

/**
 * Which versions to let go, so that no more than `most` with no more than `mostBytes` are left: each time the one that tells least, being closest in time to its neighbours.
 * So the recent past stays dense and the distant one thin. `versions`: newest first. The newest one always stays.
 */
export function thinVersions(versions: readonly KeptVersion[], { most, mostBytes }: { most: number; mostBytes: number }): Id[] {
  const left = [...versions]
  const gone: Id[] = []
  let bytes = left.reduce((sum, version) => sum + version.bytes, 0)
  while (left.length > 1 && (left.length > most || bytes > mostBytes)) {
    const [removed] = left.splice(leastTelling(left), 1)
    if (removed === undefined) break
    bytes -= removed.bytes
    gone.push(removed.id)
  }
  return gone
}

function leastTelling(versions: readonly KeptVersion[]): number {
  let found = versions.length - 1
  let smallest = Infinity
  for (let i = UNTOUCHED; i < versions.length - 1; i += 1) {
    const gap = (versions[i - 1]?.at ?? Infinity) - (versions[i + 1]?.at ?? 0)
    if (gap < smallest) {
      smallest = gap
      found = i
    }
  }
  return found
}
