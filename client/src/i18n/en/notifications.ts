/** Notifications, and when they are shown. */
export const notifications = {} as const
