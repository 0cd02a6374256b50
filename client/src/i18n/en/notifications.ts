/** Notifications, and when they are shown. */
export const notifications = {
  // a notification of the system
  titleOfMany_one: '{{place}} ({{count}} new)',
  titleOfMany_other: '{{place}} ({{count}} new)',
  textBy: '{{name}}: {{text}}',
  hiddenText: 'New message',
  hiddenTextBy: 'New message from {{name}}',
  tryText: 'This is what a notification looks like.',
  // the offer
  offer: 'Be told of new messages when you are somewhere else?',
  turnOn: 'Turn on notifications',
  notNow: 'Not now',
} as const
