import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

it.each(testDatabases())('a document that could not be stored does not stay in memory for it, on $name', async ({ open }) => {
  const db = await openTables(open)
  const ada = await addUser(db, 'ada')
  let failed = 0
  const forgetful: Database = {
    kind: db.kind,
    pool: db.pool,
    query: (text, values) => db.query(text, values),
    tx: (fn) =>
      db.tx((q) =>
        fn({
          query: (text, values) => {
            if (!text.includes('into documents') || !text.includes('do update')) return q.query(text, values)
            failed += 1
            throw Object.assign(new Error('connection lost'), { code: '08006' })
          },
        }),
      ),
    close: () => db.close(),
  }
  const running = await RunningCore.start(forgetful)
  const submit = (fields: Record<string, unknown>): Promise<unknown> => running.core.submit(ada, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)
  const room = newId()
  const name = docName.log(room, 0)
  await submit({ type: 'room.create', room, kind: 'private', name: 'room', members: [] })
  const reader = running.connect(ada)
  await reader.open(name)
  await submit({ type: 'message.send', room, text: 'hello' })
  reader.destroy()
  await until(() => failed > 0, 'tried to store')
  await until(() => !running.core.hocuspocus.documents.has(name), 'let go')
  const again = await running.connect(ada).open(name)
  expect(again.doc.getMap('log').get('2')).toMatchObject({ text: 'hello' })
  await running.close()
  await db.close()
})
