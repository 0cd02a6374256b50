import type { AuthContext } from './context.ts'
import type { User } from './users.ts'

/**
 * After the right password: one whose hash has another cost than new ones have is hashed anew. The account as it is then. Other devices count as
 * strangers from now on, as after a new password (docs/decisions/login-limits.md).
 */
export async function rehash({ db, passwords }: AuthContext, user: User, password: string): Promise<User> {
  if (user.password_hash === null || !passwords.isDated(user.password_hash)) return user
  const hash = await passwords.hash(password)
  // A password that was changed in the meantime stays changed.
  const { rowCount } = await db.query('UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [user.id, user.password_hash, hash])
  return rowCount > 0 ? { ...user, password_hash: hash } : user
}
