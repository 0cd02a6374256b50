import type { Document } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { applyAwarenessUpdate, outdatedTimeout, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'

interface StandIn {
  /** Its awareness client in this document. */
  client: number
  clock: number
  /** As JSON. */
  said: string
  /** ms */
  at: number
}

/** Awareness clients of this server's own making in one document, who say what somebody says elsewhere. */
export class StandIns {
  private readonly document: Document
  /** By the awareness client that they stand for. */
  private readonly of = new Map<number, StandIn>()

  constructor(document: Document) {
    this.document = document
  }

  /** Is this client one of them? */
  has(client: number): boolean {
    return [...this.of.values()].some((one) => one.client === client)
  }

  /** Lets exactly these be there: what each says, by the client that says it elsewhere. */
  show(states: ReadonlyMap<number, object>): void {
    const { awareness } = this.document
    const gone = [...this.of].filter(([client]) => !states.has(client))
    for (const [client] of gone) this.of.delete(client)
    if (gone.length > 0) removeAwarenessStates(awareness, gone.map(([, { client }]) => client), null)
    for (const [client, state] of states) this.say(client, JSON.stringify(state))
  }

  private say(standsFor: number, said: string): void {
    const { awareness } = this.document
    const one = this.of.get(standsFor) ?? { client: new Y.Doc().clientID, clock: 0, said: '', at: 0 }
    // What is not said again goes out of date, here and with everybody.
    if (one.said === said && Date.now() - one.at < outdatedTimeout / 2 && awareness.getStates().has(one.client)) return
    const clock = one.clock + 1
    this.of.set(standsFor, { client: one.client, clock, said, at: Date.now() })
    applyAwarenessUpdate(awareness, encodeOne(one.client, clock, said), null)
  }
}

/** An awareness update of one client, as `encodeAwarenessUpdate` writes it from an `Awareness`, which would need timers of its own. */
function encodeOne(client: number, clock: number, said: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, said)
  return encoding.toUint8Array(encoder)
}
