import type { PushSubscriptionInfo } from '@chatflow/shared/api/push'
import { t } from '../i18n/translate.ts'
import { formatClock, formatDay } from '../ui/format-time.ts'

/** Hosts of the push services that browsers have, and whose they are. */
const SERVICES: readonly [RegExp, string][] = [
  [/(^|\.)googleapis\.com$/, 'Chrome'],
  // Of Chromium as Linux distributions build it.
  [/^jmt17\.google\.com$/, 'Chromium'],
  [/(^|\.)mozilla\.com$/, 'Firefox'],
  [/(^|\.)push\.apple\.com$/, 'Safari'],
  [/(^|\.)notify\.windows\.com$/, 'Edge'],
]

/** The browser that a push service belongs to, else its host. */
export function serviceName(host: string): string {
  return SERVICES.find(([pattern]) => pattern.test(host))?.[1] ?? host
}

/** Since when, and when it last told of something. */
export function pushTimes({ createdAt, deliveredAt }: Pick<PushSubscriptionInfo, 'createdAt' | 'deliveredAt'>, now: number): string {
  const since = formatDay(createdAt, now)
  return deliveredAt === undefined ? t('notifications.pushSince', { since }) : t('notifications.pushSinceAndLast', { since, last: `${formatDay(deliveredAt, now)}, ${formatClock(deliveredAt)}` })
}
