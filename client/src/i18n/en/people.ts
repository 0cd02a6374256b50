/** Cards, presence and statuses of people. */
export const people = {
  seenJustNow: 'last seen just now',
  seenMinutesAgo_one: 'last seen {{count}} minute ago',
  seenMinutesAgo_other: 'last seen {{count}} minutes ago',
  seenHoursAgo_one: 'last seen {{count}} hour ago',
  seenHoursAgo_other: 'last seen {{count}} hours ago',
  seenDaysAgo_one: 'last seen {{count}} day ago',
  seenDaysAgo_other: 'last seen {{count}} days ago',
  seenLongAgo: 'last seen a long time ago',
} as const
