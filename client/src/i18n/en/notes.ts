/** Notes of a room. */
export const notes = {} as const
