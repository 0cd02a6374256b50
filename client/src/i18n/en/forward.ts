/** Forwarding a message. */
export const forward = {
  title: 'Forward message',
  to: 'To',
  toWhom: 'To {{name}}',
  hint: 'A room or a person',
  roomsAndPeople: 'Rooms and people',
  nothingCalled: 'Nothing here is called “{{query}}”.',
  change: 'Change',
  comment: 'Comment',
  optional: 'Optional',
  tooLong: 'With this comment the message would be too long.',
  forward: 'Forward',
} as const
