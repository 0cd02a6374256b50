import { ERRORS } from '@chatflow/shared/errors'
import type { ConnectionState } from '../chat/contract.ts'

/** The connection in a word or two, for the status region and the sidebar. */
export function connectionLabel(connection: ConnectionState): string {
  switch (connection.state) {
    case 'connecting':
      return 'Connecting'
    case 'connected':
      return 'Connected'
    case 'offline':
      return 'Offline'
    case 'needs-sign-in':
      return 'Signed out'
    case 'refused':
      return ERRORS[connection.code].title
  }
}
