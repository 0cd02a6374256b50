/** Messages and what stands between them. */
export const timeline = {} as const
