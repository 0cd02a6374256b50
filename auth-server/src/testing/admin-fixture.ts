import type { Database } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import type { AuthOptions } from '../create-auth-server.ts'
import { authFixture, type Answer } from './auth-fixture.ts'

/** An auth-server with its first account, which is the administrator. */
export async function adminFixture(db: Database, changes: Partial<AuthOptions> = {}) {
  const auth = await authFixture(db, changes)
  const first = await auth.register('admin')

  /** A request to `/api/auth/<path>` with the token of a `Signed` answer. */
  const as = (who: Answer, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    auth.send(method, `/api/auth/${path}`, { bearer: tokenOf(who), ...(body === undefined ? {} : { body }) })

  return {
    ...auth,
    first,
    as,
    /** A request of the administrator. */
    admin: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => as(first, method, `admin/${path}`, body),
    /** The newest entries of the audit log of one action, newest first. */
    audited: async (action: string) =>
      (await db.query<{ actor: string | null; target_id: string | null; details: object }>('SELECT actor, target_id, details FROM audit_log WHERE action = $1 ORDER BY id DESC', [action])).rows,
  }
}

export type AdminFixture = Awaited<ReturnType<typeof adminFixture>>

export const idOf = (answer: Answer): string => (answer.body as unknown as Signed).user.id
const tokenOf = (answer: Answer): string => (answer.body as unknown as Signed).accessToken
