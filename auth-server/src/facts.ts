import type { Queryable } from '@chatflow/database'

/**
 * Settles the fact `key` as `value` unless it is settled, and returns what it is. Of those who come at once one wins;
 * inside a transaction the others wait for its end, and win if it is undone.
 */
export async function settle(q: Queryable, key: 'first-admin' | 'refresh-secret' | 'device-secret' | 'totp-key', value: string): Promise<string> {
  const { rows } = await q.query<{ value: string }>('INSERT INTO auth_facts (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING value', [key, value])
  if (rows[0]) return rows[0].value
  const settled = await q.query<{ value: string }>('SELECT value FROM auth_facts WHERE key = $1', [key])
  return settled.rows[0]?.value ?? settle(q, key, value)
}
