import { t } from '../i18n/translate.ts'
import type { Platform } from '../platform/platform.ts'
import type { Account } from '../sync/account.ts'
import { ApiError, request } from '../sync/api.ts'
import { PasskeyDeclined } from '../sync/second-step.ts'
import { SessionEnded } from '../sync/token-source.ts'
import { NotConfirmed, type Confirmations } from './confirmations.ts'
import type { Answer, ServerCalls } from './contract.ts'

/** What a link of a mail does, and asking for one: it works whoever is signed in here, and also when that session has ended. */
const BY_LINK = /^\/api\/auth\/(email\/verify|password\/(forgot|reset))$/

/** Calls with the token of the account, if someone is signed in. */
export function createServerCalls(platform: Platform, account: Account, confirmations: Confirmations): ServerCalls {
  return {
    async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>> {
      const send = async () => {
        const token = account.isKnown && !BY_LINK.test(path) ? { token: await account.token() } : {}
        return request<T>(platform, method, path, { ...token, ...(body === undefined ? {} : { body }) })
      }
      try {
        return { ok: true, value: await confirmations.run(send, passwordIn(body)) }
      } catch (error) {
        return refusalOf(error)
      }
    },
  }
}

/** The present password, where a form has just asked for it. */
function passwordIn(body: unknown): string | undefined {
  const { password, current } = (body ?? {}) as { password?: unknown; current?: unknown }
  const typed = password ?? current
  return typeof typed === 'string' ? typed : undefined
}

/** What a failed request says to people. */
export function refusalOf(error: unknown): Extract<Answer<never>, { ok: false }> {
  if (error instanceof SessionEnded) return { ok: false, code: error.code, message: t(`errors.${error.code}`) }
  if (error instanceof NotConfirmed) return { ok: false, code: 'confirmation_required', message: t('chat.notConfirmed') }
  if (error instanceof PasskeyDeclined) return { ok: false, code: 'passkey_refused', message: t('chat.passkeyDeclined') }
  if (!(error instanceof ApiError)) return { ok: false, code: 'offline', message: t('chat.offline') }
  return {
    ok: false,
    code: error.code,
    message: t(`errors.${error.code}`),
    ...(error.fields === undefined ? {} : { fields: error.fields }),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  }
}
