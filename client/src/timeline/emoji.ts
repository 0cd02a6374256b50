/** One press away on every message. */
export const QUICK_EMOJI = [
  { emoji: '👍', name: 'Thumbs up' },
  { emoji: '🎉', name: 'Hooray' },
  { emoji: '👀', name: 'Looking' },
] as const

/** The small picker: what people answer with most, by kind. */
export const PICKER_EMOJI = [
  '👍', '👎', '👌', '🙏', '👏', '🙌', '💪', '👋',
  '❤️', '💚', '🔥', '⭐', '🎉', '✨', '🚀', '💯',
  '😀', '😂', '😊', '😍', '😅', '🤔', '😮', '😢',
  '😭', '😴', '😎', '🤯', '🥳', '😬', '🙈', '🤝',
  '✅', '❌', '❓', '❗', '👀', '💡', '🐛', '🔧',
  '☕', '🍕', '🎂', '🌱', '☀️', '🌧️', '⏰', '📌',
] as const
