/** Pages of sections: their titles, and the ways back from them. */
export const pages = {
  settings: 'Settings',
  settingsBack: 'Back to settings',
  settingsClose: 'Close settings',
  admin: 'Administration',
  adminBack: 'Back to administration',
  adminClose: 'Close administration',
  reports: 'Reports',
  reportsBack: 'Back to reports',
  reportsClose: 'Close reports',
  scheduled: 'Scheduled',
  scheduledBack: 'Back to scheduled',
  scheduledClose: 'Close scheduled',
  scheduledMessages: 'Scheduled messages',
  // before and beside the app: the document itself, and what a device shows of an installed app
  description: 'Team chat that opens, reads and writes without a network.',
  noScript: 'ChatFlow needs JavaScript. Allow it in your browser for this page, then load it again.',
  backToChat: 'Back to the chat',
} as const
