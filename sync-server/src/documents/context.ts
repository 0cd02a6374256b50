import type { Id } from '@chatflow/shared/ids'
import type { SocketRecord } from '../socket/socket-record.ts'

/** Context of a connection in Hocuspocus' hooks: the same object for the life of the connection. */
export interface ConnectionContext {
  socket: SocketRecord
  user?: Id
}
