import type { ReportOutcome, ReportReason } from '@chatflow/shared/reports'

/** In the order in which they are offered. */
export const REASON_WORDS: Record<ReportReason, { title: string; hint: string }> = {
  spam: { title: 'Spam', hint: 'Advertising, or the same again and again.' },
  abuse: { title: 'Abuse', hint: 'Insults, threats or harassment.' },
  illegal: { title: 'Against the law', hint: 'What must not be here at all.' },
  other: { title: 'Something else', hint: 'Say below what it is.' },
}

export const OUTCOME_WORDS: Record<ReportOutcome, string> = {
  dismissed: 'Dismissed',
  removed: 'Message deleted',
  warned: 'Author spoken to',
  expelled: 'Author removed from the room',
  banned: 'Author banned from the room',
}
