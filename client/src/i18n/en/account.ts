/** Pages before signing in, and the account menu. */
export const account = {} as const
