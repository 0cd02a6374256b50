/** Notices, and why something was not accepted. */
export const chat = {} as const
