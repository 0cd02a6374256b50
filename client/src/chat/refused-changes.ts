import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import { FORGOTTEN, isToldOnce } from './chat-actions.ts'

/** Refused changes that hold nothing typed do not wait for an answer: they go, and some of them are told of once. */
export class RefusedChanges {
  readonly #clearing = new Set<Id>()
  readonly #tell: (code: ErrorCode) => void

  constructor(tell: (code: ErrorCode) => void) {
    this.#tell = tell
  }

  clear({ queue }: Pick<ChatCore, 'queue'>): void {
    for (const { id, status, command, code } of queue.list()) {
      if (status !== 'rejected' || !(FORGOTTEN.has(command.type) || isToldOnce(command))) continue
      if (this.#clearing.has(id)) continue
      this.#clearing.add(id)
      void queue.discard(id).finally(() => this.#clearing.delete(id))
      if (isToldOnce(command) && code !== 'depends_on') this.#tell(code ?? 'internal')
    }
  }
}
