import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import type { Invitation, Invitations, InvitedRole, OpenInvitation } from '@chatflow/shared/api/admin'
import { newId, type Id } from '@chatflow/shared/ids'

export interface InvitationTerms {
  role: InvitedRole
  uses: number
  note: string
  /** ms since the epoch. */
  expiresAt: number
}

/** 160 bits, in letters that a link carries unchanged. */
const newCode = (): string => randomBytes(20).toString('base64url')
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

/** Makes an invitation; the code is kept nowhere, only its hash. */
export async function createInvitation(q: Queryable, by: Id, { role, uses, note, expiresAt }: InvitationTerms, now: number): Promise<{ id: Id; code: string }> {
  const id = newId()
  const code = newCode()
  await q.query('INSERT INTO invitations (id, code_hash, role, note, uses, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
    id, hashOf(code), role, note, uses, by, now, expiresAt,
  ])
  return { id, code }
}

/** A page of those that were not revoked, newest first, older than the invitation `before`. */
export async function listInvitations(q: Queryable, before: Id | undefined, limit: number): Promise<Invitations> {
  const { rows } = await q.query<Invitation>(
    `SELECT i.id, i.role, i.note, i.uses, i.used, i.created_at AS "createdAt", u.display_name AS "createdBy", i.expires_at AS "expiresAt"
     FROM invitations i JOIN users u ON u.id = i.created_by
     WHERE i.revoked_at IS NULL AND ($1::uuid IS NULL OR (i.created_at, i.id) < (SELECT created_at, id FROM invitations WHERE id = $1))
     ORDER BY i.created_at DESC, i.id DESC LIMIT $2`,
    [before ?? null, limit + 1],
  )
  return { invitations: rows.slice(0, limit), more: rows.length > limit }
}

/** False: there is none, or it was revoked before. */
export async function revokeInvitation(q: Queryable, id: Id, now: number): Promise<boolean> {
  return (await q.query('UPDATE invitations SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, now])).rowCount > 0
}

/** Revokes what someone has handed out who may not invite any more; answers how many could still have been used. */
export async function revokeInvitationsOf(q: Queryable, user: Id, now: number): Promise<number> {
  const { rowCount } = await q.query('UPDATE invitations SET revoked_at = $2 WHERE created_by = $1 AND revoked_at IS NULL AND used < uses AND expires_at > $2', [user, now])
  return rowCount
}

/** Counts one use, of several at once for the last one exactly one; undefined if the code lets nobody in (any more). */
export async function takeInvitation(q: Queryable, code: string, now: number): Promise<{ id: Id; role: InvitedRole } | undefined> {
  const { rows } = await q.query<{ id: Id; role: InvitedRole }>(
    'UPDATE invitations SET used = used + 1 WHERE code_hash = $1 AND used < uses AND expires_at > $2 AND revoked_at IS NULL RETURNING id, role',
    [hashOf(code), now],
  )
  return rows[0]
}

/** What the holder of a code is told; undefined if it lets nobody in (any more). */
export async function findInvitation(q: Queryable, code: string, now: number): Promise<OpenInvitation | undefined> {
  const { rows } = await q.query<OpenInvitation>(
    `SELECT i.role, u.display_name AS "invitedBy", i.expires_at AS "expiresAt" FROM invitations i JOIN users u ON u.id = i.created_by
     WHERE i.code_hash = $1 AND i.used < i.uses AND i.expires_at > $2 AND i.revoked_at IS NULL`,
    [hashOf(code), now],
  )
  return rows[0]
}
