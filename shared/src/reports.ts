/** Why a message is reported. */
export const REPORT_REASONS = ['spam', 'abuse', 'illegal', 'other'] as const
export type ReportReason = (typeof REPORT_REASONS)[number]

/**
 * How a report ended; what it names is done in the same step. removed: the message is deleted; warned: its author was spoken to; expelled: its author
 * is removed from the room; banned: and kept out of it.
 */
export const REPORT_OUTCOMES = ['dismissed', 'removed', 'warned', 'expelled', 'banned'] as const
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number]
