import type { Database } from '@chatflow/database'
import { newId, type Id } from '@chatflow/shared/ids'
import type { GlobalRole } from '@chatflow/shared/roles'

/** The columns of auth-server's tables that the sync-server reads, for tests that run without auth-server. */
export async function migrateAuthStandIn(db: Database): Promise<void> {
  await db.query(`create table if not exists users (id uuid primary key, email text, username text, display_name text not null, avatar text,
    role text not null default 'member', email_verified_at bigint, disabled_at bigint, deleted_at bigint, created_at bigint not null default 0)`)
  await db.query('create unique index if not exists users_username on users (lower(username))')
  await db.query(`create table if not exists session_families (id uuid primary key, user_id uuid not null, created_at bigint not null default (extract(epoch from now()) * 1000)::bigint, ended_at bigint,
    last_used_at bigint not null default (extract(epoch from now()) * 1000)::bigint,
    authenticated_at bigint not null default (extract(epoch from now()) * 1000)::bigint)`)
  // Which accounts lack a second factor, auth-server knows; here it is whom a test puts in.
  await db.query('create table if not exists second_factor_missing (user_id uuid not null)')
  await db.query('create table if not exists totp (user_id uuid primary key, secret text not null, created_at bigint not null, confirmed_at bigint, last_step bigint not null default 0)')
  await db.query('create table if not exists recovery_codes (hash text primary key, user_id uuid not null)')
  await db.query(`create table if not exists passkeys (id uuid primary key, user_id uuid not null, credential text not null, public_key text not null, counter bigint not null,
    transports jsonb not null default '[]', synced boolean not null, name text not null, created_at bigint not null, last_used_at bigint)`)
  await db.query(`create table if not exists invitations (id uuid primary key, code_hash text not null, role text not null, note text not null, uses integer not null,
    used integer not null default 0, created_by uuid not null, created_at bigint not null, expires_at bigint not null, revoked_at bigint)`)
  await db.query('create table if not exists avatars (id text primary key, user_id uuid not null unique, image bytea not null, created_at bigint not null default 0)')
}

/** A user whose address is confirmed, with a session of the same id. */
export async function addUser(db: Database, username: string, role: GlobalRole = 'member', id: Id = newId()): Promise<Id> {
  await db.query('insert into users (id, username, display_name, role, email_verified_at) values ($1, $2, $3, $4, 1)', [id, username, `${username[0]?.toUpperCase()}${username.slice(1)}`, role])
  await db.query('insert into session_families (id, user_id) values ($1, $1)', [id])
  return id
}
