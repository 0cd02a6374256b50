import { describe, expect, it } from 'vitest'
import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { audit } from './audit.ts'
import { migrateKit } from './migrate-kit.ts'

describe.each(testDatabases())('the audit log on $name', ({ open }) => {
  it('keeps who did what to whom, and lets nobody change, delete or empty it', async () => {
    const db = await open()
    await migrateKit(db)
    const [actor, target, room] = [newId(), newId(), newId()]
    await audit(db, { actor, action: 'member.banned', target: { kind: 'user', id: target }, room, details: { wasMember: true } }, 5)
    await audit(db, { action: 'session.ended' }, 6)
    const rows = async () => (await db.query('SELECT at, actor, action, target_kind, target_id, room_id, details FROM audit_log ORDER BY id')).rows
    const before = await rows()
    expect(before).toEqual([
      { at: 5, actor, action: 'member.banned', target_kind: 'user', target_id: target, room_id: room, details: { wasMember: true } },
      { at: 6, actor: null, action: 'session.ended', target_kind: null, target_id: null, room_id: null, details: {} },
    ])
    for (const sql of [`UPDATE audit_log SET actor = NULL`, 'DELETE FROM audit_log', 'TRUNCATE audit_log']) await expect(db.query(sql)).rejects.toMatchObject({ code: '23000' })
    expect(await rows()).toEqual(before)
    await db.close()
  })
})
