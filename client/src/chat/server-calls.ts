import type { Platform } from '../platform/platform.ts'
import type { Account } from '../sync/account.ts'
import { request } from '../sync/api.ts'
import type { Confirmations } from './confirmations.ts'
import type { Answer, ServerCalls } from './contract.ts'
import { refusalOf } from './refusal-words.ts'

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
