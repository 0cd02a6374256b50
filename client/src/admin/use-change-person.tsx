import type { AdminUser } from '@chatflow/shared/api/admin'
import type { GlobalRole } from '@chatflow/shared/roles'
import { type ReactNode } from 'react'
import { useServer } from '../app/chat-context.tsx'
import type { Sentence } from '../i18n/sentence.ts'
import { useSentence } from '../i18n/use-sentence.ts'

interface ChangePerson {
  send(change: { role?: GlobalRole; disabled?: boolean }): Promise<void>
  /** Shows why something else about the account was refused. */
  say(problem: Sentence): void
  /** A sentence about what was refused, to be shown beside it. */
  problem: ReactNode
}

/** Changes an account and hands on what became of it. */
export function useChangePerson(user: AdminUser, onChanged: (user: AdminUser) => void): ChangePerson {
  const { call } = useServer()
  const [problem, setProblem] = useSentence()
  return {
    async send(change) {
      setProblem(undefined)
      const answer = await call<{ user: AdminUser }>('PATCH', `/api/auth/admin/users/${user.id}`, change)
      if (answer.ok) onChanged(answer.value.user)
      else setProblem(answer.says)
    },
    say: setProblem,
    problem: problem !== undefined && (
      <p className="admin-problem" role="alert">
        {problem}
      </p>
    ),
  }
}
