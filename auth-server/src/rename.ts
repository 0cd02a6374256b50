import type { Database } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { displayNameProblem, tidyDisplayName, usernameProblem } from './names.ts'
import { findUser, takenBy, type User } from './users.ts'
import { wrongFields } from './wrong-fields.ts'

export interface NewNames {
  displayName?: string | undefined
  username?: string | undefined
}

/** Gives an account other names. Throws `display_name_invalid`, `username_invalid`, `username_taken`, with a sentence for the field. */
export async function rename(db: Database, user: Id, wanted: NewNames, now: number): Promise<User> {
  const displayName = wanted.displayName === undefined ? undefined : tidyDisplayName(wanted.displayName)
  const username = wanted.username?.trim()
  refuseWrong(displayName, username)
  return db
    .tx(async (q) => {
      const before = await findUser(q, user)
      const names = { displayName: displayName ?? before.display_name, username: username ?? before.username }
      const changes = { displayName: names.displayName !== before.display_name, username: names.username !== before.username }
      if (!changes.displayName && !changes.username) return before
      await q.query('UPDATE users SET display_name = $2, username = $3 WHERE id = $1', [user, names.displayName, names.username])
      // That it was renamed, not from what to what: the log is for ever, and an account can be deleted.
      await audit(q, { actor: user, action: 'account.renamed', target: { kind: 'user', id: user }, details: changes }, now)
      await enqueue(q, 'account.changed', { user }, { now })
      return findUser(q, user)
    })
    .catch((error: unknown) => {
      if (takenBy(error) === 'username_taken') throw wrongFields({ username: 'username_taken' })
      throw error
    })
}

function refuseWrong(displayName: string | undefined, username: string | undefined): void {
  const problems: Record<string, ErrorCode> = {}
  const ofDisplayName = displayName === undefined ? undefined : displayNameProblem(displayName)
  if (ofDisplayName) problems['displayName'] = ofDisplayName
  const ofUsername = username === undefined ? undefined : usernameProblem(username)
  if (ofUsername) problems['username'] = ofUsername
  if (Object.keys(problems).length > 0) throw wrongFields(problems)
}
