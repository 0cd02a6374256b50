import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { migrateSync } from '@chatflow/sync-server/testing'
import { expect, test } from 'vitest'
import { writeLongRoom } from './long-room.ts'

test.each(testDatabases())('a room made of rows is as the sequencer would have left it, on $name', async ({ open }) => {
  const db = await open()
  try {
    await migrateSync(db)
    const people = [newId(), newId(), newId()]
    const endsAt = Date.now()
    const room = await writeLongRoom(db, { name: 'archive', messages: 1_500, people, endsAt })

    const { rows } = await db.query(
      `select count(*) as messages, min(seq) as first, max(seq) as last, max(received_at) as newest, count(distinct by_user) as authors,
              count(*) filter (where received_at < before) as backwards, count(*) filter (where sent_at > received_at) as early, count(*) filter (where sent_at < received_at) as late,
              count(*) filter (where reply_to is not null) as answers,
              count(*) filter (where reply_to is not null and not exists (select 1 from messages q where q.id = x.reply_to and q.seq < x.seq)) as dangling
         from (select *, lag(received_at) over (order by seq) as before from messages where room_id = $1) x`,
      [room],
    )
    expect(rows).toEqual([{ messages: 1_501, first: 1, last: 1_501, newest: endsAt, authors: 3, backwards: 0, early: 0, late: 7, answers: 57, dangling: 0 }])
    const { rows: reactions } = await db.query<{ reacted: number; beyond: number }>(
      'select count(distinct r.seq) as reacted, count(*) filter (where m.seq is null or m.deleted) as beyond from reactions r left join messages m using (room_id, seq) where r.room_id = $1',
      [room],
    )
    expect(reactions).toEqual([{ reacted: 50, beyond: 0 }])
  } finally {
    await db.close()
  }
})
