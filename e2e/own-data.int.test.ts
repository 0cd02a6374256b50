/** The download of one's data against the tables that there really are: whatever names a person is in it, or there is a reason why not. */
import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { readZip } from '@chatflow/sync-server/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentialsOf, createWorld } from './http/people.ts'
import { serve, type Served } from './http/serve.ts'

/** Columns that say whose a row is, and the file of the download that tells it. */
const IN_THE_ZIP: Readonly<Record<string, string>> = {
  'users.id': 'profile.json',
  'session_families.user_id': 'sessions.json',
  'avatars.user_id': 'avatar.webp',
  'totp.user_id': 'second-factors.json',
  'passkeys.user_id': 'second-factors.json',
  'recovery_codes.user_id': 'second-factors.json',
  'invitations.created_by': 'invitations.json',
  'members.user_id': 'rooms.json',
  'cursors.user_id': 'rooms.json',
  'messages.by_user': 'messages/',
  'reactions.user_id': 'reactions.json',
  'mentions.user_id': 'mentions.json',
  'drafts.user_id': 'drafts.json',
  'settings.user_id': 'settings.json',
  'reports.reporter': 'reports.json',
  'bans.user_id': 'bans.json',
  'last_seen.user_id': 'profile.json',
  'scheduled.user_id': 'scheduled.json',
  'notes_authors.user_id': 'notes.json',
  'notes_version_authors.user_id': 'notes.json',
  'push_subscriptions.user_id': 'push.json',
  'audit_log.actor': 'audit.json',
  'audit_log.target_id': 'audit.json',
}

/** Columns that name a person and are not in the download, each with the reason. */
const NOT_IN_THE_ZIP: Readonly<Record<string, string>> = {
  'sessions.user_id': 'the refresh tokens of the sessions that are in it, as hashes',
  'email_tokens.user_id': 'hashes of links that were mailed',
  'mail_outbox.user_id': 'mails that the person got; kept for a day',
  'login_tickets.user_id': 'a sign-in under way, for minutes',
  'passkey_challenges.user_id': 'a sign-in under way, for minutes',
  'mentions.by_user': 'what somebody else was told; the message that did it is in it',
  'message_words.by_user': 'the words of the messages that are in it, for searching',
  'messages.deleted_by': 'what a moderator did is in the audit log, which is in it',
  'bans.by_user': 'what a moderator did is in the audit log, which is in it',
  'reports.resolved_by': 'what a moderator did is in the audit log, which is in it',
  'reports.author': 'who reported whom is between those and the moderators',
  'rooms.created_by': 'a fact about the room, which its log tells all members',
  'commands.user_id': 'ids and answers of commands, whose effects are in it',
  'user_state.user_id': 'a counter for documents',
  'socket_places.user_id': 'the connections of the moment',
  'presence.user_id': 'who is here at the moment',
  'shared_awareness.user_id': 'who types or has a cursor in notes at the moment',
}

/** Ids of other things than people. */
const NOBODY = /\.(room_id|message_id|command_id|reply_to|root|thread|family|job|instance|socket|locked_by|version|session_id|device|subscription_id)$/

describe.each(testDatabases())("the download of one's data on $name", ({ open }) => {
  let served: Served
  beforeAll(async () => {
    served = await serve(await open())
  })
  afterAll(() => served.close())

  test('[R12] speaks of each column that names a person', async () => {
    const { rows } = await served.db.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND (column_name = 'target_id' OR udt_name = 'uuid' AND (column_name <> 'id' OR table_name = 'users')) ORDER BY 1`,
    )
    const found = rows.map(({ name }) => name).filter((name) => !NOBODY.test(name))
    expect(found).toEqual([...Object.keys(IN_THE_ZIP), ...Object.keys(NOT_IN_THE_ZIP)].sort((a, b) => (a < b ? -1 : 1)))
  })

  test('holds what is kept in each column that it is said to hold', async () => {
    const { db } = served
    const world = await createWorld(served, 'owner')
    const { person, other, room, otherRoom } = world
    if (person === undefined) throw new Error('The owner has an account.')
    const me = person.id
    const planted = (table: string, fields: Record<string, unknown>): Promise<unknown> =>
      db.query(`INSERT INTO ${table} (${Object.keys(fields).join(', ')}) VALUES (${Object.keys(fields).map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(fields))
    const picture = 'a'.repeat(64)
    await planted('avatars', { id: picture, user_id: me, image: Buffer.from('planted picture'), created_at: 1 })
    await db.query('UPDATE users SET avatar = $2 WHERE id = $1', [me, picture])
    await planted('totp', { user_id: me, secret: 'x', created_at: 4_001, confirmed_at: 1 })
    await planted('passkeys', { id: newId(), user_id: me, credential: newId(), public_key: 'x', counter: 1, synced: true, name: 'planted key', created_at: 1 })
    await planted('recovery_codes', { hash: newId(), user_id: me })
    await planted('invitations', { id: newId(), code_hash: newId(), role: 'guest', note: 'planted note', uses: 1, created_by: me, created_at: 1, expires_at: 2 })
    await planted('cursors', { room_id: room, user_id: me, seq: 4_002 })
    await planted('reactions', { room_id: room, seq: 1, emoji: '🦊', user_id: me, rev: 1, active: true })
    await planted('mentions', { user_id: me, room_id: room, seq: 4_003, by_user: other.id, at: 1 })
    await planted('scheduled', { id: newId(), user_id: me, room_id: room, text: 'planted for later', send_at: Date.now() + 3_600_000 })
    const version = newId()
    await planted('notes', { room_id: room, changed_at: 1, versioned_at: 1 })
    await planted('notes_authors', { room_id: room, user_id: me, at: 4_008 })
    await planted('notes_versions', { id: version, room_id: room, at: 4_009, reason: 'time', state: Buffer.from([0, 0]) })
    await planted('notes_version_authors', { version, user_id: me })
    await planted('drafts', { user_id: me, room_id: room, text: 'planted draft', at: 1, command_id: newId() })
    await planted('settings', { user_id: me, key: 'planted', value: '"setting"', at: 1, command_id: newId() })
    await planted('reports', { id: newId(), room_id: room, seq: 1, message_id: newId(), author: other.id, reporter: me, reason: 'spam', note: 'planted report', at: 1 })
    await planted('bans', { room_id: otherRoom, user_id: me, by_user: other.id, at: 4_004 })
    await planted('push_subscriptions', { id: newId(), user_id: me, session_id: person.session, device: newId(), endpoint: 'https://planted.example.com/secret', host: 'planted.example.com', p256dh: Buffer.from('x'), auth: Buffer.from('x'), language: 'en', created_at: 1, renewed_at: 1 })
    await planted('last_seen', { user_id: me, at: 4_007 })
    await planted('audit_log', { at: 4_005, actor: me, action: 'account.renamed' })
    await planted('audit_log', { at: 4_006, actor: other.id, action: 'admin.deactivated', target_kind: 'user', target_id: me })

    const answer = await served.ask({ method: 'GET', url: '/api/me/export', headers: credentialsOf(person, 'signed-in') })
    expect(answer.statusCode).toBe(200)
    const files = await readZip(answer.bytes)
    const signs: Record<keyof typeof IN_THE_ZIP, string> = {
      'users.id': me, 'session_families.user_id': person.session, 'avatars.user_id': 'planted picture', 'totp.user_id': '4001', 'passkeys.user_id': 'planted key',
      'recovery_codes.user_id': '"recoveryCodes": 1', 'invitations.created_by': 'planted note', 'members.user_id': room, 'cursors.user_id': '4002', 'messages.by_user': 'said',
      'reactions.user_id': '🦊', 'mentions.user_id': '4003', 'drafts.user_id': 'planted draft', 'scheduled.user_id': 'planted for later', 'notes_authors.user_id': '4008', 'notes_version_authors.user_id': '4009', 'settings.user_id': 'planted', 'reports.reporter': 'planted report',
      'bans.user_id': '4004', 'last_seen.user_id': '4007', 'push_subscriptions.user_id': 'planted.example.com', 'audit_log.actor': '4005', 'audit_log.target_id': '4006',
    }
    const missing = Object.entries(IN_THE_ZIP).filter(([column, path]) => {
      const texts = [...files].filter(([name]) => name === path || (path.endsWith('/') && name.startsWith(path))).map(([, bytes]) => String(bytes))
      return !texts.some((text) => text.includes(signs[column] ?? 'nothing'))
    })
    expect(missing).toEqual([])
  })
})
