/** Sidebar, room header, panels and dialogs of rooms. */
export const rooms = {} as const
