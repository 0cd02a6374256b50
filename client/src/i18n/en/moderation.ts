/** Reports. */
export const moderation = {} as const
