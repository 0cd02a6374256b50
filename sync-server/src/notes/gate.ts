import { CodedError } from '@chatflow/shared/errors'
import { LIMITS } from '@chatflow/shared/limits'
import * as Y from 'yjs'
import { dropWaiting } from './assemble.ts'
import { isTooDeep } from './depth.ts'

/** What is applied to the live document because it was complete in the gate. */
const FROM_GATE = Symbol('from the gate')

/**
 * Stands before live notes: a second document, to which every update of a client goes first. What makes Yjs throw there, nests elements without end or is too large is refused,
 * and then neither the live document nor anybody else has seen it. What waits for its predecessors waits here, and is not served to readers.
 */
export class NotesGate {
  private doc: Y.Doc
  private readonly live: Y.Doc
  /** Bytes at the last measuring, and those that were new since. */
  private measured: number
  private since = 0
  private passing = false
  /** Up to which clocks each writer has sent, where that was not complete. */
  private readonly awaited = new WeakMap<object, Map<number, number>>()
  private readonly follow = (update: Uint8Array, origin: unknown): void => {
    if (!this.passing && origin !== FROM_GATE) this.keepUp(update)
  }

  constructor(live: Y.Doc) {
    this.live = live
    this.doc = copyOf(live)
    this.measured = Y.encodeStateAsUpdate(live).length
    live.on('update', this.follow)
    live.on('destroy', () => this.doc.destroy())
  }

  /**
   * Lets an update of `writer` in. What is complete with it is applied to the live document, as of `origin`.
   * Throws `CodedError` `update_refused` or `document_too_large`, and then nothing has changed.
   */
  take(update: Uint8Array, writer: object, origin: unknown): void {
    const deletes = isDeletionOnly(update)
    if (!deletes) this.mustFit(update.length)
    const complete = this.tryOut(update, deletes)
    this.since += bytesIn(complete)
    this.noteReach(update, writer)
    this.pass(complete, origin)
  }

  /** True if all that this writer has sent is in the live document. */
  isComplete(writer: object): boolean {
    const awaited = this.awaited.get(writer)
    if (awaited === undefined) return true
    for (const [client, clock] of awaited) if (Y.getState(this.live.store, client) < clock) return false
    this.awaited.delete(writer)
    return true
  }

  private tryOut(update: Uint8Array, deletes: boolean): Uint8Array[] {
    const othersWait = this.waiting() > 0
    try {
      return this.letIn(update, deletes)
    } catch (error) {
      this.renew()
      // What had waited may be to blame, which somebody else has sent: it is gone, and the update is judged by itself.
      if (othersWait) return this.tryOut(update, deletes)
      throw error instanceof CodedError ? error : new CodedError('update_refused')
    }
  }

  private letIn(update: Uint8Array, deletes: boolean): Uint8Array[] {
    const complete = this.apply(update)
    if (this.waiting() > LIMITS.notesWaitingBytes) throw new CodedError('update_refused')
    if (!deletes && structsIn(this.doc) > LIMITS.notesDocumentStructs) throw new CodedError('document_too_large')
    return complete
  }

  /** The live document has changed by another way than through here. Never throws: it is called amid a transaction of that document, which would be broken for good. */
  private keepUp(update: Uint8Array): void {
    try {
      const complete = this.apply(update)
      this.since += bytesIn(complete)
      // What had waited for this goes on; the rest is known there.
      this.pass(complete, FROM_GATE)
    } catch {
      // What had waited for this is to blame: it goes no further.
      this.renew()
      this.since += update.length
    }
  }

  /** What is complete with an update. Where it throws, the update may have been applied half way. */
  private apply(update: Uint8Array): Uint8Array[] {
    const { doc } = this
    const complete: Uint8Array[] = []
    let tooDeep = false
    const collect = (bytes: Uint8Array): unknown => complete.push(bytes)
    const look = (transaction: Y.Transaction): void => {
      tooDeep ||= isTooDeep(transaction)
    }
    doc.on('update', collect)
    doc.on('afterTransaction', look)
    try {
      Y.applyUpdate(doc, update)
    } finally {
      doc.off('update', collect)
      doc.off('afterTransaction', look)
    }
    if (tooDeep) throw new CodedError('update_refused')
    return complete
  }

  /** Begins anew with what is in the live document; what has waited is gone. */
  private renew(): void {
    this.doc.destroy()
    this.doc = copyOf(this.live)
  }

  private pass(updates: readonly Uint8Array[], origin: unknown): void {
    const outer = this.passing
    this.passing = true
    // For a moment, what waits here waits there too: it must not come to effect there.
    dropWaiting(this.live)
    try {
      for (const bytes of updates) Y.applyUpdate(this.live, bytes, origin)
    } finally {
      this.passing = outer
    }
  }

  private mustFit(bytes: number): void {
    const fits = (): boolean => this.measured + this.since + bytes <= LIMITS.notesDocumentBytes
    if (fits()) return
    // It costs as much as the document is large, so only if something has changed: what was let in may be gone by now, or smaller in the whole.
    if (this.since > 0) {
      this.measured = Y.encodeStateAsUpdate(this.doc).length
      this.since = 0
    }
    if (!fits()) throw new CodedError('document_too_large')
  }

  private noteReach(update: Uint8Array, writer: object): void {
    const { pendingStructs, pendingDs } = this.doc.store
    if (pendingStructs === null && pendingDs === null) return
    const awaited = this.awaited.get(writer) ?? new Map<number, number>()
    const reach = (client: number, clock: number): void => void awaited.set(client, Math.max(clock, awaited.get(client) ?? 0))
    const { structs, ds } = Y.decodeUpdate(update)
    for (const { id, length } of structs) reach(id.client, id.clock + length)
    for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) reach(client, clock + len)
    this.awaited.set(writer, awaited)
  }

  private waiting(): number {
    const { pendingStructs, pendingDs } = this.doc.store
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0)
  }
}

/** An update without a struct: it makes a document smaller, so it is welcome in one that is full. */
function isDeletionOnly(update: Uint8Array): boolean {
  return update[0] === 0
}

function bytesIn(updates: readonly Uint8Array[]): number {
  return updates.reduce((bytes, { length }) => bytes + length, 0)
}

function structsIn(doc: Y.Doc): number {
  let count = 0
  for (const structs of doc.store.clients.values()) count += structs.length
  return count
}

function copyOf(live: Y.Doc): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(live))
  // For a moment, what waits is in the live document too.
  dropWaiting(doc)
  return doc
}
