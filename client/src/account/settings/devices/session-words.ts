import type { SessionInfo } from '@chatflow/shared/api/sessions'
import { t } from '../../../i18n/translate.ts'
import { formatClock, formatDay } from '../../../ui/format-time.ts'

/** "Firefox 131 on Windows", or as much of it as is known. */
export function nameOf({ device, browser }: Pick<SessionInfo, 'device' | 'browser'>): string {
  if (device !== '' && browser !== '') return t('settings.browserOnDevice', { browser, device })
  return browser || device || t('settings.unknownDevice')
}

/** When it was used last and since when it is signed in. A session shows that it is used when its token is renewed, every few minutes. */
export function timesOf({ createdAt, lastUsedAt, current }: SessionInfo, now: number): string {
  const at = (ms: number) => `${formatDay(ms, now)}, ${formatClock(ms)}`
  const signedIn = at(createdAt)
  return current ? t('settings.usedNow', { signedIn }) : t('settings.usedLast', { used: at(lastUsedAt), signedIn })
}
