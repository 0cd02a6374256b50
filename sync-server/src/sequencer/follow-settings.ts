import type { Queryable } from '@chatflow/database'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Command } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { LANGUAGES } from '@chatflow/shared/languages'
import type { Effects } from './effects.ts'

/** Settings that others see the effect of in room documents, or in their own. */
const SHOWN_TO_OTHERS = new Set(['status', 'privacy.receipts'])

/**
 * In the transaction of the settings themselves: what a person hides is put where it is asked for at every turn, and documents of others will follow.
 * Answers what has to be acted upon at once.
 */
export async function followSettings(q: Queryable, user: Id, commands: readonly Command[], now: number): Promise<Effects['hides']> {
  const keys = new Set(commands.flatMap((command) => (command.type === 'me.set' ? [command.key] : [])))
  if ([...keys].some((key) => SHOWN_TO_OTHERS.has(key))) await enqueue(q, 'settings.changed', { user }, { now })
  if (keys.has('language')) await tellLanguage(q, user, now)
  if (!keys.has('privacy.presence') && !keys.has('privacy.receipts')) return undefined
  // What stands there now: a later value may have won.
  const { rows } = await q.query<{ presence: boolean }>(
    `update user_state set
       hides_presence = exists (select 1 from settings where user_id = $1 and key = 'privacy.presence' and value = 'false'),
       hides_receipts = exists (select 1 from settings where user_id = $1 and key = 'privacy.receipts' and value = 'false')
      where user_id = $1 returning hides_presence as presence`,
    [user],
  )
  const presence = rows[0]?.presence === true
  if (presence) await q.query('delete from last_seen where user_id = $1', [user])
  return { user, presence }
}

/** Mails are written by auth-server. What "the browser's" is only the browser knows: then the language stays that of the last choice, or of the registration. */
async function tellLanguage(q: Queryable, user: Id, now: number): Promise<void> {
  const { rows } = await q.query<{ value: unknown }>("select value from settings where user_id = $1 and key = 'language'", [user])
  const language = LANGUAGES.find((one) => one === rows[0]?.value)
  if (language !== undefined) await enqueue(q, 'language.changed', { user, language }, { now })
}
