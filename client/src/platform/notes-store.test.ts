import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openBrowserCommandStore } from './browser-command-store.ts'
import { StoreError, type CommandStore } from './command-store.ts'
import { emptyCommandData, MemoryCommandStore } from './memory-command-store.ts'

let names = 0
const kinds: Record<string, () => () => Promise<CommandStore>> = {
  memory: () => {
    const data = emptyCommandData()
    return async () => new MemoryCommandStore(true, data)
  },
  IndexedDB: () => {
    const name = `notes-${names++}`
    return async () => {
      const store = await openBrowserCommandStore(name)
      onTestFinished(() => store.close())
      return store
    }
  },
}
const bytes = (...values: number[]) => new Uint8Array(values)

for (const [kind, device] of Object.entries(kinds)) {
  describe(`notes in the strict store in ${kind}`, () => {
    it('[R8] are there for another tab, room by room, in the order in which they were made', async () => {
      const open = device()
      const { notes } = await open()
      const first = await notes.add('a', bytes(1))
      await notes.add('b', bytes(2))
      const last = await notes.add('a', bytes(3))
      const other = (await open()).notes
      expect(await other.read('a')).toEqual([{ order: first, room: 'a', update: bytes(1) }, { order: last, room: 'a', update: bytes(3) }])
      expect(await other.rooms()).toEqual(['a', 'b'])
    })

    it('leave it one by one, and removing them twice is no harm', async () => {
      const { notes } = await device()()
      const [one, two] = [await notes.add('a', bytes(1)), await notes.add('a', bytes(2))]
      await notes.remove([one])
      await notes.remove([one])
      expect((await notes.read('a')).map(({ order }) => order)).toEqual([two])
      await notes.remove([two])
      expect(await notes.rooms()).toEqual([])
    })

    it('[R8] become one without being gone in between, also where another tab removed some of them', async () => {
      const { notes } = await device()()
      const orders = [await notes.add('a', bytes(1)), await notes.add('a', bytes(2))]
      await notes.remove(orders.slice(0, 1))
      await notes.merge(orders, 'a', bytes(9))
      expect((await notes.read('a')).map(({ update }) => update)).toEqual([bytes(9)])
    })

    it('go when the store is wiped', async () => {
      const open = device()
      const store = await open()
      await store.notes.add('a', bytes(1))
      await store.wipe()
      expect(await (await open()).notes.rooms()).toEqual([])
    })
  })
}

it('a store of the version before keeps its commands and takes notes', async () => {
  const name = 'from-version-1'
  const old = await openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore('commands', { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true })
      db.createObjectStore('facts')
    },
  })
  await old.put('commands', { id: 'kept', status: 'waiting' })
  old.close()
  const store = await openBrowserCommandStore(name)
  onTestFinished(() => store.close())
  expect((await store.readAll()).map(({ id }) => id)).toEqual(['kept'])
  await store.notes.add('a', bytes(1))
  expect(await store.notes.rooms()).toEqual(['a'])
})

it('[R8] a full disk is said', async () => {
  const store = new MemoryCommandStore(true)
  store.failure = new StoreError('full')
  await expect(store.notes.add('a', bytes(1))).rejects.toMatchObject({ code: 'full' })
})
