import type { Database } from '@chatflow/database'
import { until } from '../support/until.ts'

/**
 * What may change though a request was refused, and why. `false`: the whole table; otherwise the rows and columns that count.
 */
const BOOKKEEPING: Readonly<Record<string, false | { columns?: readonly string[]; where?: string }>> = {
  // Refused sign-ins and the like are recorded: that is what the log is for.
  audit_log: false,
  // Jobs of earlier requests are done meanwhile.
  jobs: false,
  // A refused command leaves its answer, so that a repeat gets the same; never a body.
  commands: { where: 'accepted' },
  // A user's row is made by the first look at it; it counts from its first change on.
  user_state: { where: 'rev > 0' },
  // Mails of earlier requests are written meanwhile, and their links made.
  mail_outbox: false,
  email_tokens: { where: 'used_at IS NOT NULL' },
  // Wrong codes and passkeys are counted against the sign-in that they would complete; its challenge is used up.
  login_tickets: { columns: ['tries'] },
  passkey_challenges: false,
  // Documents are replicas of rows, stored when their readers leave.
  documents: false,
  // The words of messages, which those that a test has put into the database get in the background.
  message_words: false,
  messages_unindexed: false,
  rooms: { columns: ['indexed_to'] },
  // Whom to tell of earlier messages is worked out and tried meanwhile, and how that went is kept with the device; one without a session goes.
  push_messages: false,
  pushes: false,
  push_subscriptions: {
    columns: ['delivered_at', 'failures', 'failing_since', 'rests_until'],
    where: 'EXISTS (SELECT 1 FROM session_families f WHERE f.id = session_id AND f.user_id = push_subscriptions.user_id AND f.ended_at IS NULL)',
  },
  // Each instance says once a second that it lives.
  socket_instances: false,
}

/** Columns that tell of use, not of change. */
const OF_USE = new Set(['last_used_at', 'last_seen_at'])

/** One digest for each table: the same as long as no row that counts is added, changed or removed. */
export async function digestOf(db: Database): Promise<Record<string, string>> {
  await until(() => endJobs(db), 'jobs under way are done')
  const { rows: columns } = await db.query<{ table_name: string; column_name: string }>(
    `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
  )
  const tables = Map.groupBy(columns, ({ table_name }) => table_name)
  const parts = [...tables].flatMap(([table, of]) => {
    const rule = BOOKKEEPING[table]
    if (rule === false) return []
    const counted = of.map(({ column_name }) => column_name).filter((column) => !OF_USE.has(column) && rule?.columns?.includes(column) !== true)
    const row = counted.map((column) => `"${column}"`).join(', ')
    return [`SELECT '${table}' AS name, coalesce(md5(string_agg(line, '|' ORDER BY line)), '') AS digest FROM (SELECT ROW(${row})::text AS line FROM "${table}" ${rule?.where ? `WHERE ${rule.where}` : ''}) lines`]
  })
  const { rows } = await db.query<{ name: string; digest: string }>(parts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}

/**
 * Jobs that earlier requests asked for would change rows while one looks; a worker of the other server may take seconds to find them. Those that
 * nobody has begun are taken back. True once none is under way. Mails change nothing that counts.
 */
async function endJobs(db: Database): Promise<boolean> {
  await db.query("DELETE FROM jobs WHERE type NOT IN ('mail', 'password.forgot') AND locked_by IS NULL")
  const { rows } = await db.query("SELECT 1 FROM jobs WHERE type NOT IN ('mail', 'password.forgot') AND failed_at IS NULL LIMIT 1")
  return rows.length === 0
}
