import type { Database } from '@chatflow/database'
import { type Id, newId } from '@chatflow/shared/ids'
import { longRoomTexts, TEXTS } from './long-room-texts.ts'

export interface LongRoom {
  name: string
  messages: number
  /** Who writes in it, at least one; the first is its owner. All have read everything. */
  people: readonly Id[]
  /** ms since the epoch of the newest message; the talk goes back from there, some 550 messages a day. */
  endsAt: number
}

const DAY_MS = 86_400_000
const PER_DAY = 550
/** ms between two messages within the ten hours of a day. */
const STEP_MS = Math.floor((10 * 3_600_000) / PER_DAY)
/** Rows of one statement. */
const AT_ONCE = 100_000

/**
 * A public room with a history of `messages`, as an import would leave it: rows only, made by the database itself, some 20 000 a second in the embedded one.
 * The text of message 1 234 begins with "No. 1234". The same numbers give the same texts, authors and times of day; every 200th was written
 * offline, one in 25 answers an earlier one, one in 30 has reactions, few are edited, deleted or pinned.
 */
export async function writeLongRoom(db: Database, { name, messages, people, endsAt }: LongRoom): Promise<Id> {
  const room = newId()
  const createdAt = endsAt - Math.ceil(messages / PER_DAY) * DAY_MS
  const owner = people[0]
  if (owner === undefined) throw new Error('A room needs somebody who writes in it.')
  const head = messages + 1
  await db.tx(async (q) => {
    await q.query('SET LOCAL statement_timeout = 0')
    await q.query(
      `insert into rooms (id, kind, name, topic, created_by, created_at, head, rev, log_rev, document_rev, last_received_at, member_count)
       values ($1, 'public', $2, 'Everything that was ever said', $3, $4, $5, $6, $6, $6, $7, $8)`,
      [room, name, owner, createdAt, head, head + 1, endsAt, people.length],
    )
    await q.query(
      `insert into members (room_id, user_id, role, joined_at)
       select $1, id::uuid, case when place = 1 then 'owner' else 'member' end, $2::bigint + place from unnest($3::text[]) with ordinality as x(id, place)`,
      [room, createdAt, people],
    )
    await q.query(`insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text, event) values ($1, 1, $2, 1, $3, $4, $4, '', '{"type": "created"}')`, [
      room,
      newId(),
      owner,
      createdAt,
    ])
    for (let from = 2; from <= head; from += AT_ONCE) await q.query(MESSAGES, [room, from, Math.min(head, from + AT_ONCE - 1), people, longRoomTexts(), endsAt, head])
    await q.query(REACTIONS, [room, head, people])
    await q.query('insert into cursors (room_id, user_id, seq) select $1, id::uuid, $2 from unnest($3::text[]) as x(id)', [room, head, people])
    await q.query('insert into user_state (user_id, rev) select id::uuid, 1 from unnest($1::text[]) as x(id) on conflict (user_id) do update set rev = user_state.rev + 1', [people])
  })
  return room
}

/** A number from 0 below `below` that depends on `n` alone; another `salt`, another number. */
const chance = (n: string, salt: number, below: string): string => `(hashint8extended((${n})::bigint, ${salt}) & 1073741823) % ${below}`

/** ms; `$6` is the time of the newest, `$7` its number. Days are counted back from the end, each begins ten hours before the hour of the end. */
const timeOf = (n: string): string =>
  `$6::bigint - (($7::bigint - (${n})) / ${PER_DAY}) * ${DAY_MS} - (($7::bigint - (${n})) % ${PER_DAY}) * ${STEP_MS} - case when ${n} = $7 then 0 else ${chance(n, 1, String(STEP_MS))} end`

/** As clients make them: ordered by time. `$1` is the room. */
const idOf = (n: string): string =>
  `(lpad(to_hex(${timeOf(n)}), 12, '0') || '7' || substr(md5($1::text || ${n}), 1, 3) || 'a' || substr(md5($1::text || ${n}), 4, 15))::uuid`

/** Every third number may bring another author, so that some messages of one follow each other. */
const MESSAGES = `
  insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text, reply_to, pinned, edited_at, deleted)
  select $1::uuid, n, ${idOf('n')}, n, ($4::text[])[1 + ${chance('n / 3', 2, 'cardinality($4::text[])')}]::uuid,
         ${timeOf('n')} - case when n % 200 = 0 then 3600000 else 0 end, ${timeOf('n')},
         case when n % 211 = 3 then '' else 'No. ' || n || ' ' || ($5::text[])[1 + ${chance('n', 3, String(TEXTS))}] end,
         case when n > 60 and n % 25 = 4 then ${idOf(`(n - 1 - ${chance('n', 4, '50')})`)} end,
         n % 9973 = 77, case when n % 53 = 5 then ${timeOf('n')} + 60000 end, n % 211 = 3
    from generate_series($2::bigint, $3::bigint) as n`

const REACTIONS = `
  insert into reactions (room_id, seq, emoji, user_id, rev, active)
  select distinct on (1, 2, 3, 4) $1::uuid, n, (array['👍', '🎉', '❤️', '😂'])[1 + ${chance('n', 5, '4')}], ($3::text[])[1 + ${chance('n + k', 6, 'cardinality($3::text[])')}]::uuid, $2::bigint + 1, true
    from generate_series(30, $2::bigint, 30) as n, generate_series(1, 3) as k
   where n % 211 <> 3`
