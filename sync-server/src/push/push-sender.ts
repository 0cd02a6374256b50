import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { PushPayload } from '@chatflow/shared/notify/push-payload'
import type { Outcome } from './deliver.ts'
import { HostCircuits } from './host-circuits.ts'
import { payloadsOf } from './push-payloads.ts'
import { type DuePush, dropPush, isAnyDue, pushesSent, putBack, subscriptionFailed, subscriptionGone, takeDue } from './push-rows.ts'

/**
 * Two lanes, each with so many places, so many to one host: subscriptions that take what they are sent, and all others. An endpoint that hangs has at most a place among the latter from its
 * second try on, so however many hang, who has a good one is told at once.
 */
const LANES = [
  { proven: true, places: 24, perHost: 16 },
  { proven: false, places: 8, perHost: 4 },
]
const MOST_TRIES = 8
const FIRST_REST_MS = 30_000
const LONGEST_REST_MS = 3_600_000
/** A subscription that has failed so often in a row, and for so long, is dead. */
const DEAD_AFTER = 10
const DEAD_AFTER_MS = 24 * 3_600_000
/** After a fault of ours, ms. */
const AGAIN_MS = 5_000

export interface PushSenderOptions {
  db: Database
  deliver(push: DuePush, payload: PushPayload): Promise<Outcome>
  /** Somebody has the room before their eyes, on this instance. */
  active(user: Id, room: Id): boolean
  log: { warn(fields: object, message: string): void }
  now: () => number
  /** A place has become free. */
  onFree: () => void
}

/** Sends what is due: judged, encrypted and handed to its push service, each on its own. Of several instances one has each push. */
export class PushSender {
  private readonly circuits = new HostCircuits()
  /** On their way, with the lane of each. */
  private readonly sending = new Map<DuePush, { proven: boolean; done: Promise<void> }>()
  /** Taken by their services, and not yet written down as sent. */
  private sent: DuePush[] = []
  private stopped = false
  private readonly options: PushSenderOptions

  constructor(options: PushSenderOptions) {
    this.options = options
  }

  /** Writes down what was sent, and takes what there are places for. Throws what the database throws. */
  async send(): Promise<void> {
    const { db, now } = this.options
    await this.writeSent()
    this.circuits.sweep(now())
    if (this.stopped || !(await isAnyDue(db, now()))) return
    for (const { proven, places, perHost } of LANES) {
      if (this.stopped) return
      const busy: Record<string, number> = {}
      let used = 0
      for (const [{ host }, lane] of this.sending) {
        if (lane.proven !== proven) continue
        used += 1
        busy[host] = (busy[host] ?? 0) + 1
      }
      // Looking costs more than waiting for a few places.
      if (used > 0 && places - used < places / 4) continue
      const pushes = await takeDue(db, { places: places - used, perHost, busy, resting: this.circuits.resting(now()), proven }, now())
      if (pushes.length > 0) await this.begin(pushes, proven)
    }
  }

  /** Takes nothing new; resolves when what is on its way has come to its end and is written down. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all([...this.sending.values()].map(({ done }) => done))
    await this.writeSent()
  }

  private async writeSent(): Promise<void> {
    const { db, now } = this.options
    const sent = this.sent.splice(0)
    try {
      await pushesSent(db, sent, now())
    } catch (error) {
      this.sent.push(...sent)
      throw error
    }
  }

  private async begin(pushes: readonly DuePush[], proven: boolean): Promise<void> {
    const { db, now, active, onFree } = this.options
    let payloads: Map<DuePush, PushPayload>
    try {
      payloads = await payloadsOf(db, pushes, now(), active)
    } catch (error) {
      for (const push of pushes) await this.again(push)
      throw error
    }
    for (const push of pushes) {
      const payload = payloads.get(push)
      const done = (payload === undefined ? dropPush(db, push) : this.one(push, payload))
        .catch((error: unknown) => this.options.log.warn({ err: error }, 'a push could not be sent or settled; it is taken up again when its lease ends'))
        .finally(() => {
          this.sending.delete(push)
          onFree()
        })
      this.sending.set(push, { proven, done })
    }
  }

  private async one(push: DuePush, payload: PushPayload): Promise<void> {
    const { deliver, now } = this.options
    let outcome: Outcome
    try {
      outcome = await deliver(push, payload)
    } catch (error) {
      await this.again(push)
      throw error
    }
    if (this.stopped && outcome.kind === 'later') return this.again(push, 0)
    await this.settle(push, outcome, now())
  }

  private async settle(push: DuePush, outcome: Outcome, now: number): Promise<void> {
    const { db } = this.options
    if (outcome.kind === 'later' && outcome.service) this.circuits.failed(push.host, push.user, now, (outcome.after ?? 0) * 1_000)
    else this.circuits.worked(push.host)
    if (outcome.kind === 'taken') {
      this.sent.push(push)
      return
    }
    if (outcome.kind === 'gone' || isDead(push, now)) return subscriptionGone(db, push.subscription)
    const rest = now + Math.max(outcome.kind === 'later' ? (outcome.after ?? 0) * 1_000 : 0, restAfter(push.failures))
    await subscriptionFailed(db, push.subscription, now, rest)
    if (outcome.kind === 'refused' || push.attempts >= MOST_TRIES || rest > push.expiresAt) await dropPush(db, push)
    else await putBack(db, push, rest, { counts: true })
  }

  /** Not its fault: it is tried again as if it had not been. */
  private again(push: DuePush, afterMs = AGAIN_MS): Promise<void> {
    return putBack(this.options.db, push, this.options.now() + afterMs, { counts: false })
  }
}

/** With this failure. */
function isDead({ failures, failingSince }: DuePush, now: number): boolean {
  return failures + 1 >= DEAD_AFTER && failingSince !== null && now - failingSince >= DEAD_AFTER_MS
}

/** Doubles with each failure, with a little chance so that a crowd does not come back at once. */
function restAfter(failures: number): number {
  return Math.round(Math.min(FIRST_REST_MS * 2 ** failures, LONGEST_REST_MS) * (0.75 + Math.random() / 2))
}
