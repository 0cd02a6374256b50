import type { Id } from '@chatflow/shared/ids'

/** A push service rests once this many people in a row could not be told by it: one person's bad endpoint is no sign against the service. */
const PEOPLE = 3
const FIRST_REST_MS = 10_000
const LONGEST_REST_MS = 600_000
const FORGOTTEN_AFTER_MS = 3 * 3_600_000

interface Circuit {
  /** Who could not be told since it last took something. */
  failed: Set<Id>
  rests: number
  until: number
  /** Of the last failure. */
  at: number
}

/** Which push services get nothing for a while, because they do not answer or have too much to do. Of this instance alone: each finds out for itself. */
export class HostCircuits {
  private readonly hosts = new Map<string, Circuit>()

  resting(now: number): string[] {
    return [...this.hosts].flatMap(([host, { until }]) => (until > now ? [host] : []))
  }

  worked(host: string): void {
    this.hosts.delete(host)
  }

  /** `afterMs`: how long the service has asked for. */
  failed(host: string, user: Id, now: number, afterMs = 0): void {
    const circuit = this.hosts.get(host) ?? { failed: new Set(), rests: 0, until: 0, at: now }
    circuit.failed.add(user)
    circuit.at = now
    this.hosts.set(host, circuit)
    if (circuit.failed.size < PEOPLE && circuit.rests === 0) return
    circuit.until = now + Math.max(afterMs, Math.min(FIRST_REST_MS * 2 ** circuit.rests, LONGEST_REST_MS))
    circuit.rests += 1
    circuit.failed.clear()
  }

  /** Forgets hosts that nothing was heard of for long. */
  sweep(now: number): void {
    for (const [host, { at }] of this.hosts) if (at < now - FORGOTTEN_AFTER_MS) this.hosts.delete(host)
  }
}
