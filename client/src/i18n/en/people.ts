/** Cards, presence and statuses of people. */
export const people = {} as const
