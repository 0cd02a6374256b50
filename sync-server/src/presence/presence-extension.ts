import { parseDocName } from '@chatflow/shared/doc-names'
import { parseClientMessage } from '@chatflow/shared/presence'
import type { Extension } from '@hocuspocus/server'
import type { ConnectionContext } from '../documents/context.ts'
import type { Presence } from './presence.ts'

/** What goes over `user/<user>` beside the document: a client says how present its person is, and hears of others. */
export function presenceExtension(presence: Presence): Extension<ConnectionContext> {
  return {
    extensionName: 'presence',
    // After the hello.
    priority: 5,

    async connected({ documentName, connection, context }): Promise<void> {
      if (parseDocName(documentName)?.kind !== 'user') return
      const { socket } = context
      // Of two sessions of the document on one socket either may outlive the other.
      presence.attach(socket, (payload) => connection.document.getConnections().find((one) => one.context.socket === socket)?.sendStateless(payload))
    },

    async onStateless({ documentName, connection, payload }): Promise<void> {
      if (parseDocName(documentName)?.kind !== 'user') return
      const { socket } = connection.context as ConnectionContext
      const message = parseClientMessage(payload)
      if (message?.type === 'presence') presence.say(socket, message.status, message.room)
      if (message?.type === 'watch') presence.watch(socket, message.users)
    },

    async onDisconnect({ documentName, context }): Promise<void> {
      if (parseDocName(documentName)?.kind === 'user' && !context.socket.documents.has(documentName)) presence.detach(context.socket)
    },
  }
}
