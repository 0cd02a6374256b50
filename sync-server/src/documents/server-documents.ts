import { parseDocName } from '@chatflow/shared/doc-names'
import { PROTOCOL_VERSION } from '@chatflow/shared/limits'
import type { ServerMessage } from '@chatflow/shared/stateless'
import type { Document, Extension } from '@hocuspocus/server'
import type { ConnectionContext } from './context.ts'
import type { DocumentKeeper } from './keeper.ts'
import { Refusal } from './refusal.ts'

/** Log, room and user documents: filled from rows at load (after the stored state), and the hello to every client. */
export function serverDocumentsExtension(keeper: DocumentKeeper, epoch: () => string): Extension<ConnectionContext> {
  const changedByLoading = new WeakSet<Document>()
  return {
    extensionName: 'server-documents',
    priority: 10,

    async onLoadDocument({ documentName, document }): Promise<void> {
      const note = (): unknown => changedByLoading.add(document)
      document.on('update', note)
      try {
        await keeper.load(documentName, document)
      } catch {
        throw new Refusal('retry', 'unavailable')
      } finally {
        document.off('update', note)
      }
    },

    /** What differed from the rows is not to stay in the stored state (R6). */
    async afterLoadDocument({ instance, documentName, document, context }): Promise<void> {
      if (!changedByLoading.has(document)) return
      void instance.storeDocumentHooks(document, { instance, document, documentName, clientsCount: 0, lastContext: context, lastTransactionOrigin: undefined })
    },

    async connected({ documentName, connection }): Promise<void> {
      if (parseDocName(documentName)?.kind !== 'user') return
      const hello: ServerMessage = { type: 'hello', epoch: epoch(), protocol: PROTOCOL_VERSION, time: Date.now() }
      connection.sendStateless(JSON.stringify(hello))
    },

    /** Two live documents of one name would drift apart: never let one go that the instance no longer holds. */
    async beforeUnloadDocument({ instance, documentName, document }): Promise<void> {
      if (instance.documents.get(documentName) !== document) throw new Refusal('retry', 'unavailable')
    },
  }
}
