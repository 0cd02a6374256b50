import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { NO_THREAD } from '../sequencer/user-batch.ts'

type Facts = Record<string, unknown>

/** Columns of auth-server's tables that are given out, under the names of the API. All others stay inside: hashes and secrets among them. */
const OF_USERS = {
  id: 'id', email: 'email', pending_email: 'pendingEmail', username: 'username', display_name: 'displayName', role: 'role', language: 'language', email_verified_at: 'emailVerifiedAt', created_at: 'createdAt',
  last_seen_at: 'lastSeenAt',
} as const
const OF_SESSIONS = { id: 'id', device: 'device', browser: 'browser', created_at: 'createdAt', last_used_at: 'lastUsedAt', ended_at: 'endedAt' } as const

const OF_PASSKEYS = { id: 'id', name: 'name', transports: 'transports', synced: 'synced', created_at: 'createdAt', last_used_at: 'lastUsedAt' } as const
const OF_INVITATIONS = {
  id: 'id', role: 'role', note: 'note', uses: 'uses', used: 'used', created_at: 'createdAt', expires_at: 'expiresAt', revoked_at: 'revokedAt',
} as const
/** Codes of authenticator apps are kept as used by the steps that they are good for. */
const TOTP_STEP_MS = 30_000

export async function ownProfile(q: Queryable, user: Id): Promise<Facts> {
  const { rows } = await q.query<{ row: Facts }>(`select to_jsonb(u) || jsonb_build_object('last_seen_at', l.at) as row from users u left join last_seen l on l.user_id = u.id where u.id = $1`, [user])
  return picked(rows[0]?.row ?? {}, OF_USERS)
}

export async function ownSessions(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<{ row: Facts }>('select to_jsonb(s) as row from session_families s where user_id = $1 order by created_at, id', [user])
  return rows.map(({ row }) => picked(row, OF_SESSIONS))
}

/** With what the user signs in besides the password: never the secret of an app, the key of a passkey or a code. `recoveryCodes`: how many are left. */
export async function ownSecondFactors(q: Queryable, user: Id): Promise<Facts> {
  const totp = await q.query<{ created_at: number; last_step: number }>('select created_at, last_step from totp where user_id = $1 and confirmed_at is not null', [user])
  const passkeys = await q.query<{ row: Facts }>('select to_jsonb(p) as row from passkeys p where user_id = $1 order by created_at, id', [user])
  const codes = await q.query<{ count: number }>('select count(*) as count from recovery_codes where user_id = $1', [user])
  const app = totp.rows[0]
  return {
    ...(app && { totp: { createdAt: app.created_at, ...(app.last_step > 0 && { lastUsedAt: app.last_step * TOTP_STEP_MS }) } }),
    passkeys: passkeys.rows.map(({ row }) => picked(row, OF_PASSKEYS)),
    recoveryCodes: codes.rows[0]?.count ?? 0,
  }
}

/** Invitation links that the user made; their codes are not kept. */
export async function ownInvitations(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<{ row: Facts }>('select to_jsonb(i) as row from invitations i where created_by = $1 order by created_at, id', [user])
  return rows.map(({ row }) => picked(row, OF_INVITATIONS))
}

/** Rooms that the user is kept out of. Who did that, and why, is for those who moderate. */
export async function ownBans(q: Queryable, user: Id): Promise<Facts[]> {
  return (await q.query<Facts>('select room_id as room, at from bans where user_id = $1 order by at, room_id', [user])).rows
}

/** Rooms that the user is in, with how far they have read. `with`: the others of a direct conversation, by id. */
export async function ownRooms(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<Facts>(
    `select r.id as room, r.kind, r.name, r.topic, m.role, m.joined_at as "joinedAt", coalesce(c.seq, 0) as cursor, c.unread_from as "unreadFrom",
            case when r.kind = 'dm' then (select json_agg(o.user_id order by o.user_id) from members o where o.room_id = r.id and o.user_id <> $1) end as "with"
       from members m join rooms r on r.id = m.room_id left join cursors c on c.room_id = r.id and c.user_id = $1
      where m.user_id = $1 order by m.joined_at, r.id`,
    [user],
  )
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}

export async function ownDrafts(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<{ room_id: Id; thread: Id; text: string; reply_to: Id | null; at: number }>(
    "select room_id, thread, text, reply_to, at from drafts where user_id = $1 and text <> '' order by room_id, thread",
    [user],
  )
  return rows.map((row) => ({ room: row.room_id, ...(row.thread === NO_THREAD ? {} : { thread: row.thread }), text: row.text, ...(row.reply_to === null ? {} : { replyTo: row.reply_to }), at: row.at }))
}

/** Messages that are to be sent at a time. `failed`: why they could not be. */
export async function ownScheduled(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<Facts>('select id, room_id as room, text, reply_to as "replyTo", send_at as "sendAt", failed from scheduled where user_id = $1 order by send_at, id', [user])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}

/** Rooms whose notes the user has written in, with the earlier versions that name them. The text is common to the room: nobody's part of it is told apart. */
export async function ownNotes(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<Facts>(
    `select a.room_id as room, a.at as "lastWroteAt",
            coalesce((select json_agg(json_build_object('id', v.id, 'at', v.at) order by v.at, v.id)
                        from notes_version_authors x join notes_versions v on v.id = x.version where x.user_id = $1 and v.room_id = a.room_id), '[]') as versions
       from notes_authors a where a.user_id = $1 order by a.room_id`,
    [user],
  )
  return rows
}

/** Devices that are told of messages while no page is open there: with the push service's host, never the address and the keys, which let whoever has them write there. */
export async function ownPushSubscriptions(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<Facts>('select device, host as service, language, created_at as "createdAt", delivered_at as "deliveredAt" from push_subscriptions where user_id = $1 order by created_at, id', [user])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}

export async function ownSettings(q: Queryable, user: Id): Promise<Facts> {
  const { rows } = await q.query<{ key: string; value: unknown }>("select key, value from settings where user_id = $1 and value <> 'null' order by key", [user])
  return Object.fromEntries(rows.map((row) => [row.key, row.value]))
}

/** Reports that the user made. What others reported of them is between those and the moderators. */
export async function ownReports(q: Queryable, user: Id): Promise<Facts[]> {
  const { rows } = await q.query<Facts>('select id, room_id as room, message_id as message, reason, note, at, outcome from reports where reporter = $1 order by at, id', [user])
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}

/** The picture as it is served, if there is one. */
export async function ownPicture(q: Queryable, user: Id): Promise<Buffer | undefined> {
  return (await q.query<{ image: Buffer }>('select a.image from users u join avatars a on a.id = u.avatar where u.id = $1', [user])).rows[0]?.image
}

function picked(row: Facts, names: Readonly<Record<string, string>>): Facts {
  return Object.fromEntries(Object.entries(names).flatMap(([column, name]) => (row[column] === undefined || row[column] === null ? [] : [[name, row[column]]])))
}
