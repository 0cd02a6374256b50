import type { Command, CommandType } from '@chatflow/shared/command'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'

/** Refused changes that are told once and then forgotten: they hold nothing that a person wrote. */
const TOLD_ONCE: ReadonlySet<CommandType> = new Set<CommandType>([
  'message.react', 'message.pin', 'message.preview', 'room.update', 'room.join', 'room.leave', 'room.archive', 'room.unarchive',
  'member.add', 'member.remove', 'member.role', 'me.set',
  'member.ban', 'member.unban', 'message.report', 'report.resolve', 'message.unschedule',
])

/** Refused changes that nobody needs to hear of. */
const FORGOTTEN: ReadonlySet<CommandType> = new Set<CommandType>(['room.read', 'room.unread', 'draft.set'])

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

/** A new time alone, too, is nothing that was written. */
function isToldOnce(command: Command): boolean {
  return TOLD_ONCE.has(command.type) || (command.type === 'message.reschedule' && command.text === undefined)
}
