/** Scheduled messages. */
export const scheduled = {} as const
