import type { Command } from '@chatflow/shared/command'
import { isErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import * as Y from 'yjs'
import type { Mark } from './command-queue.ts'

/**
 * One run's outbox document: commands put there by this tab alone, marks put there by the server.
 * A new run begins with a new document, so a mark can only ever mean a command of this very document.
 */
export class OutboxDocument {
  readonly doc = new Y.Doc()
  readonly #commands = this.doc.getArray<Command>('commands')
  readonly #settled = this.doc.getMap<number>('settled')
  readonly #rejected = this.doc.getMap<{ code: string; message: string }>('rejected')
  /** Bytes of each command that is in the array. */
  readonly #inside = new Map<Id, number>()
  /** Attempt at which each command was last put here, also of those taken out since. */
  readonly #attempts = new Map<Id, number>()
  #bytes = 0
  #marksSeen = 0

  get count(): number {
    return this.#inside.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Marks taken out so far: each left a trace in the document. */
  get marksSeen(): number {
    return this.#marksSeen
  }

  has(id: Id): boolean {
    return this.#inside.has(id)
  }

  ids(): Id[] {
    return [...this.#inside.keys()]
  }

  attemptOf(id: Id): number | undefined {
    return this.#attempts.get(id)
  }

  push(commands: readonly { command: Command; bytes: number }[]): void {
    if (commands.length === 0) return
    this.doc.transact(() => this.#commands.push(commands.map(({ command }) => command)))
    for (const { command, bytes } of commands) {
      this.#inside.set(command.id, bytes)
      this.#attempts.set(command.id, command.attempt ?? 1)
      this.#bytes += bytes
    }
  }

  /** What the server has said and nobody has taken out yet. */
  marks(): Mark[] {
    const marks: Mark[] = []
    for (const [id, seq] of this.#settled) marks.push({ id, attempt: this.#attempts.get(id) ?? 0, seq: typeof seq === 'number' ? seq : 0 })
    for (const [id, said] of this.#rejected) {
      if (this.#settled.has(id)) continue
      marks.push({ id, attempt: this.#attempts.get(id) ?? 0, code: isErrorCode(said?.code) ? said.code : 'internal', message: String(said?.message ?? '') })
    }
    return marks
  }

  /** Takes out commands and their marks, in one transaction. */
  remove(ids: ReadonlySet<Id>): void {
    this.doc.transact(() => {
      const inside = this.#commands.toArray()
      for (let i = inside.length - 1; i >= 0; i -= 1) {
        const id = inside[i]?.id
        if (id !== undefined && ids.has(id)) this.#commands.delete(i)
      }
      for (const id of ids) {
        for (const marks of [this.#settled, this.#rejected]) {
          if (!marks.has(id)) continue
          marks.delete(id)
          this.#marksSeen += 1
        }
      }
    })
    for (const id of ids) {
      this.#bytes -= this.#inside.get(id) ?? 0
      this.#inside.delete(id)
    }
  }

  onMarks(listener: () => void): void {
    this.#settled.observe(listener)
    this.#rejected.observe(listener)
  }
}
