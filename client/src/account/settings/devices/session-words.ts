import type { SessionInfo } from '@chatflow/shared/api/sessions'
import { formatClock, formatDay } from '../../../ui/format-time.ts'

/** "Firefox 131 on Windows", or as much of it as is known. */
export function nameOf({ device, browser }: Pick<SessionInfo, 'device' | 'browser'>): string {
  if (device !== '' && browser !== '') return `${browser} on ${device}`
  return browser || device || 'Unknown device'
}

/** When it was used last and since when it is signed in. A session shows that it is used when its token is renewed, every few minutes. */
export function timesOf({ createdAt, lastUsedAt, current }: SessionInfo, now: number): string {
  const at = (ms: number) => `${formatDay(ms, now)}, ${formatClock(ms)}`
  return `${current ? 'Used now' : `Last used: ${at(lastUsedAt)}`} · Signed in: ${at(createdAt)}`
}
