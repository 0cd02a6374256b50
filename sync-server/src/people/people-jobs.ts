import type { Database } from '@chatflow/database'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { JobHandlers } from '@chatflow/server-kit/jobs/job-worker'
import type { SyncCore } from '../sync-core.ts'
import { personChanged } from './person-changed.ts'
import { settingsChanged } from './settings-changed.ts'
import { personDeleted } from './person-deleted.ts'

/** What sync-server does when an account changes: rows first, then this instance's documents at once and those of others with their beat. */
export function peopleJobs(db: Database, core: SyncCore, stopping: () => boolean = () => false): JobHandlers {
  return {
    'account.changed': async ({ user }) => {
      await personChanged(db, user)
      await core.lookNow()
    },
    'settings.changed': async ({ user }) => {
      await settingsChanged(db, user)
      await core.lookNow()
    },
    'account.deleted': async ({ user, messages }) => {
      const done = await personDeleted({ db, follow: (effects) => core.follow(effects), now: Date.now, stopping }, user, messages)
      await core.lookNow()
      if (!done) await enqueue(db, 'account.deleted', { user, messages }, { now: Date.now() })
    },
  }
}
