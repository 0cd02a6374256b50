/** Administration. */
export const admin = {} as const
