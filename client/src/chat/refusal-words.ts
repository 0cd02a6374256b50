import { isErrorCode } from '@chatflow/shared/errors'
import { readFieldProblem, type FieldProblem } from '@chatflow/shared/field-problems'
import { sentence, type Sentence } from '../i18n/sentence.ts'
import { ApiError } from '../sync/api.ts'
import { PasskeyDeclined } from '../sync/second-step.ts'
import { SessionEnded } from '../sync/token-source.ts'
import { NotConfirmed } from './confirmations.ts'
import type { Refusal } from './contract.ts'

/** What a failed request says to people: never the server's own sentence, which is English and for logs, but what its code and its facts mean. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof SessionEnded) return refusal(error.code)
  if (error instanceof NotConfirmed) return { ...refusal('confirmation_required'), says: sentence('chat.notConfirmed') }
  if (error instanceof PasskeyDeclined) return { ...refusal('passkey_refused'), says: sentence('chat.passkeyDeclined') }
  if (!(error instanceof ApiError)) return refusal('offline')
  const { code, retryAfter, problem } = error
  const fields = Object.entries(problem.wrong ?? {}).flatMap(([name, value]) => {
    const read = readFieldProblem(value)
    return read === undefined ? [] : [[name, fieldSays(read)] as const]
  })
  return {
    ...refusal(code),
    ...(code === 'rate_limited' && retryAfter !== undefined ? { says: waitFor(retryAfter) } : {}),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

export function refusal(code: Refusal['code']): Refusal {
  return { ok: false, code, says: sentence(code === 'offline' ? 'chat.offline' : `errors.${code}`) }
}

/** How long to wait, in the unit that people would take. */
function waitFor(exactly: number): Sentence {
  const seconds = Math.max(1, Math.ceil(exactly))
  if (seconds < 90) return sentence('chat.waitSeconds', { count: seconds })
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? sentence('chat.waitMinutes', { count: minutes }) : sentence('chat.waitHours', { count: Math.ceil(minutes / 60) })
}

/** What is wrong with a field. A limit that an answer lacks is not made up. */
function fieldSays({ code, limit }: FieldProblem): Sentence {
  if (isErrorCode(code)) return sentence(`errors.${code}`)
  if (code === 'required') return sentence('chat.fieldRequired')
  if (limit !== undefined) {
    if (code === 'too_short') return sentence('chat.fieldTooShort', { count: limit })
    if (code === 'too_long') return sentence('chat.fieldTooLong', { count: limit })
    if (code === 'too_few') return sentence('chat.fieldTooFew', { count: limit })
    if (code === 'too_many') return sentence('chat.fieldTooMany', { count: limit })
    if (code === 'too_small') return sentence('chat.fieldTooSmall', { limit })
    if (code === 'too_large') return sentence('chat.fieldTooLarge', { limit })
  }
  return sentence('chat.fieldWrong')
}
