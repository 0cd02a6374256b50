/** Words that stand in many places. */
export const common = {
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  saved: 'Saved.',
  today: 'Today',
  yesterday: 'Yesterday',
  tryAgain: 'Try again',
  others_one: '{{count}} other',
  others_other: '{{count}} others',
  language: 'Language',
  languageOfBrowser: 'Automatic',
} as const
