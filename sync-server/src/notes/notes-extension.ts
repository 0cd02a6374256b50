import { parseDocName } from '@chatflow/shared/doc-names'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { parseNotesMark } from '@chatflow/shared/stateless'
import type { Extension } from '@hocuspocus/server'
import type { ConnectionContext } from '../documents/context.ts'
import { Refusal } from '../documents/refusal.ts'
import { dropWaiting } from './assemble.ts'
import type { NotesKeeper } from './notes-keeper.ts'

const SYNC_STEP_1 = 0

/** `room/<room>/notes`: the stored document that members write themselves. `judge`: looks once more at who may write there. */
export function notesExtension(keeper: NotesKeeper, judge: (room: Id) => void): Extension<ConnectionContext> {
  return {
    extensionName: 'notes',
    priority: 10,

    async onLoadDocument({ documentName, document }): Promise<void> {
      try {
        await keeper.load(documentName, document)
      } catch {
        throw new Refusal('retry', 'unavailable')
      }
    },

    /** What the role was when it was asked for may have changed while the document was loading. */
    async connected({ documentName }): Promise<void> {
      const name = parseDocName(documentName)
      if (name?.kind === 'notes') judge(name.room)
    },

    async beforeSync({ documentName, document, connection, type, payload }): Promise<void> {
      if (type === SYNC_STEP_1 || connection.readOnly || parseDocName(documentName)?.kind !== 'notes') return
      try {
        keeper.take(document, payload, connection)
      } catch (error) {
        throw new Refusal('gone', error instanceof CodedError ? error.code : 'update_refused')
      }
    },

    /** Hocuspocus has applied the update too, and with it what is not complete: that waits in the gate, not in what is served. */
    async afterHandleMessage({ documentName, document }): Promise<void> {
      if (parseDocName(documentName)?.kind === 'notes') dropWaiting(document)
    },

    async onStateless({ documentName, document, connection, payload }): Promise<void> {
      if (parseDocName(documentName)?.kind !== 'notes') return
      const message = parseNotesMark(payload)
      if (message !== undefined) keeper.mark(document, connection, message.mark)
    },

    /** Hocuspocus lets go of a document once this has ended. */
    async onStoreDocument({ documentName, document }): Promise<void> {
      if (parseDocName(documentName)?.kind === 'notes') await keeper.stored(document)
    },
  }
}
