/** Notices, names for what has none, and why something was not accepted. */
export const chat = {
  roomsRead_one: '{{count}} room is marked as read.',
  roomsRead_other: '{{count}} rooms are marked as read.',
  allRead: 'Everything is read already.',
  undo: 'Undo',
  storeFull: 'There is no space left on this device.',
  storeFailed: 'This device could not save it.',
  notConfirmed: 'Nothing was changed, because you did not confirm that it is you.',
  passkeyDeclined: 'No passkey was used. Try again, or go on in another way.',
  offline: 'The server cannot be reached.',
  unknownPerson: 'Unknown person',
  deletedUser: 'Deleted user',
  directConversation: 'Direct conversation',
  room: 'Room',
} as const
