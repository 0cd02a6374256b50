import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore } from '../testing/running-core.ts'
import { readRoom } from './room-content.ts'

it.each(testDatabases())('a room with more members than its document lists says how many they are, on $name', async ({ open }) => {
  const db = await openTables(open)
  const ada = await addUser(db, 'ada')
  const running = await RunningCore.start(db)
  const submit = (fields: Record<string, unknown>): Promise<unknown> => running.core.submit(ada, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)
  const room = newId()
  await submit({ type: 'room.create', room, kind: 'public', name: 'room', members: [] })
  expect((await readRoom(db, room))?.info.has('memberCount')).toBe(false)
  await db.query(
    `with made as (insert into users (id, username, display_name) select gen_random_uuid(), 'user' || n, 'User ' || n from generate_series(1, $2::int) n returning id)
     insert into members (room_id, user_id, role, joined_at) select $1, id, 'member', 1 from made`,
    [room, LIMITS.membersInDocument],
  )
  await db.query('update rooms set member_count = (select count(*) from members where room_id = $1) where id = $1', [room])
  const content = await readRoom(db, room)
  expect(content?.info.get('memberCount')).toBe(LIMITS.membersInDocument + 1)
  expect(content?.members.size).toBe(LIMITS.membersInDocument)
  await running.close()
  await db.close()
})
