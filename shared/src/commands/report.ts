import { z } from 'zod'
import { LIMITS } from '../limits.ts'
import { REPORT_OUTCOMES, REPORT_REASONS } from '../reports.ts'
import { text } from '../text.ts'
import { id, inRoom } from './base.ts'

const note = text(1, LIMITS.reportNote).optional()

export const reportCommands = {
  /** The report's id is the command's. */
  'message.report': inRoom('message.report', { message: id, reason: z.enum(REPORT_REASONS), note }),
  'report.resolve': inRoom('report.resolve', { report: id, outcome: z.enum(REPORT_OUTCOMES), note }),
}
