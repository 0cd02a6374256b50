import type { ReportOutcome, ReportReason } from '@chatflow/shared/reports'
import type { PlainKey } from '../i18n/words.ts'

/** In the order in which they are offered. */
export const REASON_WORDS: Record<ReportReason, { title: PlainKey; hint: PlainKey }> = {
  spam: { title: 'moderation.spam', hint: 'moderation.spamHint' },
  abuse: { title: 'moderation.abuse', hint: 'moderation.abuseHint' },
  illegal: { title: 'moderation.illegal', hint: 'moderation.illegalHint' },
  other: { title: 'moderation.other', hint: 'moderation.otherHint' },
}

export const OUTCOME_WORDS: Record<ReportOutcome, PlainKey> = {
  dismissed: 'moderation.dismissed',
  removed: 'moderation.removed',
  warned: 'moderation.warned',
  expelled: 'moderation.expelled',
  banned: 'moderation.banned',
}
