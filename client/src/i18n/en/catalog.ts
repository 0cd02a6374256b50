import { account } from './account.ts'
import { admin } from './admin.ts'
import { app } from './app.ts'
import { audit } from './audit.ts'
import { chat } from './chat.ts'
import { common } from './common.ts'
import { composer } from './composer.ts'
import { emoji } from './emoji.ts'
import { errors } from './errors.ts'
import { forward } from './forward.ts'
import { moderation } from './moderation.ts'
import { notes } from './notes.ts'
import { notifications } from './notifications.ts'
import { pages } from './pages.ts'
import { people } from './people.ts'
import { push } from './push.ts'
import { rooms } from './rooms.ts'
import { scheduled } from './scheduled.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { thread } from './thread.ts'
import { timeline } from './timeline.ts'

/** Every text of the interface in English, by part of the screen. The other languages have the same ones: `Translated`. */
export const en = {
  account,
  admin,
  app,
  audit,
  chat,
  common,
  composer,
  emoji,
  errors,
  forward,
  moderation,
  notes,
  notifications,
  pages,
  people,
  push,
  rooms,
  scheduled,
  search,
  settings,
  thread,
  timeline,
} as const
