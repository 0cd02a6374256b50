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
  backToChat: 'Back to the chat',
} as const
