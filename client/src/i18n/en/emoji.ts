/** The emoji picker. */
export const emoji = {} as const
