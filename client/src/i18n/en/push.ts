/** What notifications say: also the service worker's, which has these words alone. */
export const push = {
  titleOfMany_one: '{{place}} ({{count}} new)',
  titleOfMany_other: '{{place}} ({{count}} new)',
  textBy: '{{name}}: {{text}}',
  hiddenText: 'New message',
  hiddenTextBy: 'New message from {{name}}',
} as const
