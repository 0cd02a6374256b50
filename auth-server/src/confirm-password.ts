import { CodedError } from '@chatflow/shared/errors'
import type { AuthContext } from './context.ts'
import type { User } from './users.ts'

/**
 * What a sensitive change asks for once more: the present password of who is signed in. Throws `wrong_credentials`, and
 * `rate_limited` after some failures. These count apart from failed sign-ins: who guesses from outside must not lock out who is inside.
 */
export async function confirmPassword({ passwords, limits }: AuthContext, user: User, password: string): Promise<void> {
  const check = async () => {
    if (!(await passwords.matches(password, user.password_hash))) throw new CodedError('wrong_credentials')
  }
  await limits.confirmOfAccount.attempt(user.id, check, (error) => error instanceof CodedError && error.code === 'wrong_credentials')
}
