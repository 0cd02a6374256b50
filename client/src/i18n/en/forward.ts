/** Forwarding a message. */
export const forward = {} as const
