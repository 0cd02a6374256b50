/** Conversations beside a room. */
export const thread = {
  conversation: 'Conversation',
  answerHere: 'Answer in this conversation',
  beginningComes: 'The message that this began with is on its way.',
  beginningNotHere: 'The message that this began with is not on this device. It comes when you are online.',
  noAnswers: 'No answers yet',
  answers_one: '{{count}} answer',
  answers_other: '{{count}} answers',
  showOlder: 'Show older answers',
  olderCome: 'Older answers are on their way.',
  olderNotHere_one: '{{count}} older answer not on this device. They come when you are online.',
  olderNotHere_other: '{{count}} older answers not on this device. They come when you are online.',
} as const
