import type { ConnectionState } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'

/** The connection in a word or two, for the status region and the sidebar. */
export function connectionLabel(connection: ConnectionState): string {
  switch (connection.state) {
    case 'connecting':
      return t('app.connecting')
    case 'connected':
      return t('app.connected')
    case 'offline':
      return t('app.offline')
    case 'needs-sign-in':
      return t('app.signedOut')
    case 'refused':
      return t(`errors.${connection.code}`)
  }
}
