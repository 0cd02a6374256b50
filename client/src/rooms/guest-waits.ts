/** What a guest without a room reads. */
export const GUEST_WAITS = 'You are a guest here. Rooms appear as soon as somebody lets you in.'
