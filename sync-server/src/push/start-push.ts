import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { Guard } from '../outgoing/guard.ts'
import type { Effects } from '../sequencer/effects.ts'
import type { SocketRecord } from '../socket/socket-record.ts'
import { deliver } from './deliver.ts'
import { fanOut } from './fan-out.ts'
import { MessageNotes } from './note-messages.ts'
import { dropSeen, sweepNotes, sweepPushes } from './push-rows.ts'
import { PushSender } from './push-sender.ts'
import { dropEnded } from './subscription-rows.ts'
import { createVapid, type VapidKeys } from './vapid.ts'

const LOOK_EVERY_MS = 1_000
/** What has ended or is too old is looked for so often, ms. */
const SWEEP_EVERY_MS = 10_000

/** So long at a time it is worked out whom to tell, while what is due waits, ms. */
const WORK_OUT_MS = 500

export interface PushOptions {
  db: Database
  guard: Guard
  keys: VapidKeys
  publicUrl: string
  sockets: { sockets(): SocketRecord[]; ofUser(user: Id): SocketRecord[] }
  log: { warn(fields: object, message: string): void }
  now?: () => number
  /** How long a push service has for its answer, ms. */
  withinMs?: number
  /** ms between two looks for work. */
  lookEveryMs?: number
}

export interface Push {
  /** A batch of this instance was committed. Returns at once, and nothing waits for what follows. */
  committed(effects: Effects): void
  /** Everything that was committed until now is in the queue. */
  flush(): Promise<void>
  /** Takes nothing new, writes down what was committed, gives up what is on its way and leaves it to the next. */
  close(): Promise<void>
}

/** Begins to tell devices of messages: beside the way of the messages, over any number of instances, each push once (docs/decisions/push.md). */
export function startPush({ db, guard, keys, publicUrl, sockets, log, now = Date.now, withinMs, lookEveryMs = LOOK_EVERY_MS }: PushOptions): Push {
  const giveUp = new AbortController()
  const delivery = { guard, authorization: createVapid({ keys, publicUrl, now }), now, signal: giveUp.signal, ...(withinMs !== undefined && { withinMs }) }
  const active = (user: Id, room: Id): boolean => sockets.ofUser(user).some((socket) => looksAt(socket) === room)
  let looking: Promise<void> | undefined
  let again = false
  let closed = false
  let sweptAt = 0
  const failed = (error: unknown): void => log.warn({ err: error }, 'the queue of pushes could not be worked on; it is tried again soon')

  const round = async (): Promise<void> => {
    await dropSeen(db, sockets.sockets().flatMap((socket) => {
      const room = looksAt(socket)
      return room === undefined || socket.identity === undefined ? [] : [{ user: socket.identity.user, room }]
    }))
    const sweeps = now() - sweptAt >= SWEEP_EVERY_MS
    if (sweeps) {
      sweptAt = now()
      await sweepNotes(db, now())
    }
    try {
      await workOut()
    } finally {
      // However that went: what is due waits for nobody.
      await sender.send().catch(failed)
    }
    if (!sweeps) return
    await dropEnded(db)
    await sweepPushes(db, now())
  }

  /** All that was noted; where that is too much for now, the rest has another turn after what is due was sent. */
  const workOut = async (): Promise<void> => {
    const begun = performance.now()
    while (!closed && (await fanOut(db, now(), active))) {
      if (performance.now() - begun < WORK_OUT_MS) continue
      again = true
      return
    }
  }

  const look = (): void => {
    again = true
    looking ??= (async () => {
      while (again && !closed) {
        again = false
        await round()
      }
    })()
      .catch(failed)
      .finally(() => {
        looking = undefined
      })
  }

  const notes = new MessageNotes({ db, log, onNoted: look, now })
  const sender = new PushSender({ db, deliver: (push, payload) => deliver(push, payload, delivery), active, log, now, onFree: look })
  const timer = setInterval(look, lookEveryMs)
  timer.unref()

  return {
    committed({ room }) {
      if (room !== undefined && !closed) notes.add(room.id, room.said)
    },
    flush: () => notes.flush(),
    async close() {
      closed = true
      clearInterval(timer)
      await notes.flush()
      await looking
      giveUp.abort()
      await sender.stop().catch((error: unknown) => log.warn({ err: error }, 'it could not be written down what was sent; it may be sent again'))
    },
  }
}

function looksAt({ status, room }: SocketRecord): Id | undefined {
  return status === 'away' ? undefined : room
}
