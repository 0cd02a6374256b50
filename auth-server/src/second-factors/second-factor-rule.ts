import type { Queryable } from '@chatflow/database'
import { SECOND_FACTOR_RULES, type SecondFactorRule } from '@chatflow/shared/api/admin'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { methodsOf } from './second-factors.ts'

/** Who must have a second factor, as the administrators have set it. */
export async function secondFactorRule(q: Queryable): Promise<SecondFactorRule> {
  const { rows } = await q.query<{ value: string }>("SELECT value FROM auth_settings WHERE key = 'second_factor'")
  return SECOND_FACTOR_RULES.find((rule) => rule === rows[0]?.value) ?? 'nobody'
}

/**
 * Sets it, and answers what it was. Throws `second_factor_missing` if `by` asks of others what they have not done themselves:
 * nobody shuts themselves out, and whoever sets it knows what it takes.
 */
export async function setSecondFactorRule(q: Queryable, rule: SecondFactorRule, by: Id): Promise<SecondFactorRule> {
  // Who removes their last factor at this moment waits here, or we for them.
  await q.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [by])
  if (rule !== 'nobody' && (await methodsOf(q, by)).length === 0) throw new CodedError('second_factor_missing')
  await q.query("INSERT INTO auth_settings (key, value) VALUES ('second_factor', 'nobody') ON CONFLICT (key) DO NOTHING")
  await q.query("SELECT FROM auth_settings WHERE key = 'second_factor' FOR UPDATE")
  const before = await secondFactorRule(q)
  await q.query("UPDATE auth_settings SET value = $1 WHERE key = 'second_factor'", [rule])
  return before
}
