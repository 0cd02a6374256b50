/** The emoji picker. */
export const emoji = {
  choose: 'Choose an emoji',
  find: 'Find an emoji',
  findHint: 'Find an emoji…',
  emoji: 'Emoji',
  groups: 'Groups',
  usedLast: 'Used last',
  none: 'No emoji fits this.',
  notHere: 'The emoji are not on this device yet. They come as soon as you are online.',
  skinTone: 'Skin tone',
  skinToneNow: 'Skin tone: {{tone}}',
  neutral: 'Neutral',
  light: 'Light',
  mediumLight: 'Medium light',
  medium: 'Medium',
  mediumDark: 'Medium dark',
  dark: 'Dark',
} as const
