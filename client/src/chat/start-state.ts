import type { ChatState } from './contract.ts'
import { readPreferences } from './preferences.ts'

/** Before anything is known of whoever is signed in. */
export const START: ChatState = {
  phase: 'starting',
  user: undefined,
  status: undefined,
  connection: { state: 'connecting' },
  preferences: readPreferences(() => undefined),
  durable: true,
  passkeys: false,
  notifications: { permission: 'unsupported', on: false, offered: false, push: 'unavailable' },
  rooms: [],
  mentions: [],
  linkPreviews: false,
  openReports: 0,
  timeline: undefined,
  thread: undefined,
  notes: undefined,
  search: undefined,
  scheduled: [],
  undelivered: 0,
  notices: [],
  confirmation: undefined,
  updateReady: false,
}
