import { DELETED_NAME } from '@chatflow/shared/api/account'
import { t } from '../i18n/translate.ts'

/** What somebody is called on the screen. Whose account is deleted has no name of their own any more, and what the servers put in its place is English. */
export function shownName({ username, displayName }: { username: string; displayName: string }): string {
  return username === '' && displayName === DELETED_NAME ? t('chat.deletedUser') : displayName
}
