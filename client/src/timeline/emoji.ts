/** One press away on every message, each with the key of its name. */
export const QUICK_EMOJI = [
  { emoji: '👍', name: 'timeline.thumbsUp' },
  { emoji: '🎉', name: 'timeline.hooray' },
  { emoji: '👀', name: 'timeline.looking' },
] as const

/** One tap away in the sheet of a message on a touch screen. */
export const SHEET_EMOJI = ['👍', '❤️', '😂', '🎉', '🙏', '👀'] as const
