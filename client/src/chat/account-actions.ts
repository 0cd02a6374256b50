import type { Me } from '@chatflow/shared/api/account'
import type { Platform } from '../platform/platform.ts'
import type { Account } from '../sync/account.ts'
import { download, request } from '../sync/api.ts'
import type { ChatActions, FormResult } from './contract.ts'
import type { Confirmations } from './confirmations.ts'
import { refusalOf } from './refusal-words.ts'

export type AccountActions = Pick<ChatActions, 'rename' | 'setPicture' | 'downloadData' | 'deleteAccount'>

/** What a person does with the account that is signed in. `changed`: names or picture are others now; `gone`: the account is no more. */
export function createAccountActions(platform: Platform, account: Account, confirmations: Confirmations, told: { changed(): void; gone(): Promise<void> }): AccountActions {
  const change = async (method: string, path: string, body?: unknown): Promise<FormResult> => {
    try {
      account.learn(await request<Me>(platform, method, path, { token: await account.token(), ...(body === undefined ? {} : { body }) }))
      told.changed()
      return { ok: true }
    } catch (error) {
      return refusalOf(error)
    }
  }
  return {
    rename: (names) => change('PATCH', '/api/auth/me', names),
    setPicture: (picture) => (picture === undefined ? change('DELETE', '/api/auth/me/avatar') : change('PUT', '/api/auth/me/avatar', picture)),
    async downloadData(onProgress) {
      try {
        return { ok: true, value: await confirmations.run(async () => download(platform, '/api/me/export', await account.token(), onProgress)) }
      } catch (error) {
        return refusalOf(error)
      }
    },
    async deleteAccount(form) {
      try {
        await confirmations.run(async () => request(platform, 'POST', '/api/auth/me/delete', { token: await account.token(), body: form }), form.password)
      } catch (error) {
        return refusalOf(error)
      }
      await told.gone()
      return { ok: true }
    },
  }
}
