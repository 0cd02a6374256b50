/** Writing a message, commands included. */
export const composer = {} as const
