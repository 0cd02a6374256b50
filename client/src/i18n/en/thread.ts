/** Conversations beside a room. */
export const thread = {} as const
