/** One press away on every message. */
export const QUICK_EMOJI = [
  { emoji: '👍', name: 'Thumbs up' },
  { emoji: '🎉', name: 'Hooray' },
  { emoji: '👀', name: 'Looking' },
] as const

/** One tap away in the sheet of a message on a touch screen. */
export const SHEET_EMOJI = ['👍', '❤️', '😂', '🎉', '🙏', '👀'] as const
