import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BrowserReplicaStorage } from './browser-replica-storage.ts'
import { MemoryReplicaStorage } from './memory-replica-storage.ts'
import type { ReplicaStorage } from './replica-storage.ts'

let names = 0
const kinds = {
  memory: () => {
    const stored = new Map<string, Uint8Array[]>()
    return (): ReplicaStorage => new MemoryReplicaStorage(stored)
  },
  IndexedDB: () => {
    const prefix = `replicas-${names++}`
    return (): ReplicaStorage => new BrowserReplicaStorage(prefix)
  },
}

async function stored(storage: ReplicaStorage, name: string): Promise<Record<string, unknown>> {
  const doc = new Y.Doc()
  const replica = storage.open(name, doc)
  await replica.loaded
  await replica.close()
  return doc.getMap('m').toJSON()
}

for (const [kind, device] of Object.entries(kinds)) {
  describe(`replicas stored in ${kind}`, () => {
    it('come back on the next page', async () => {
      const page = device()
      const doc = new Y.Doc()
      const replica = page().open('room/a', doc)
      await replica.loaded
      doc.getMap('m').set('k', 1)
      await replica.close()
      doc.getMap('m').set('after', 1)
      expect(await stored(page(), 'room/a')).toEqual({ k: 1 })
      expect(await page().list()).toEqual(['room/a'])
    })

    it('take the state of the document that replaces them, and nothing of the old one', async () => {
      const page = device()
      const old = new Y.Doc()
      const replica = page().open('room/a', old)
      await replica.loaded
      old.getMap('m').set('old', 1)
      const fresh = new Y.Doc()
      fresh.getMap('m').set('fresh', 1)
      const next = await replica.replace(fresh)
      await next.loaded
      old.getMap('m').set('late', 1)
      fresh.getMap('m').set('later', 1)
      await next.close()
      expect(fresh.getMap('m').toJSON()).toEqual({ fresh: 1, later: 1 })
      expect(await stored(page(), 'room/a')).toEqual({ fresh: 1, later: 1 })
    })

    it('[R6] keep no trace of a value that was set again, once compacted', async () => {
      const page = device()
      const doc = new Y.Doc()
      const replica = page().open('room/a', doc)
      await replica.loaded
      doc.getMap('m').set('k', 'secret')
      doc.getMap('m').set('k', 'gone')
      await replica.compact()
      await replica.close()
      const again = new Y.Doc({ gc: false })
      const reopened = page().open('room/a', again)
      await reopened.loaded
      await reopened.close()
      expect(JSON.stringify([...Y.encodeStateAsUpdate(again)])).not.toContain(JSON.stringify([...new TextEncoder().encode('secret')]).slice(1, -1))
      expect(again.getMap('m').toJSON()).toEqual({ k: 'gone' })
    })

    it('can be read without being opened, also while they are; what is not stored does not come into being by it', async () => {
      const page = device()
      const doc = new Y.Doc()
      const replica = page().open('room/a', doc)
      await replica.loaded
      doc.getMap('m').set('k', 1)
      const read = async (name: string) => {
        const copy = new Y.Doc()
        for (const update of await page().read(name)) Y.applyUpdate(copy, update)
        return copy.getMap('m').toJSON()
      }
      await expect.poll(() => read('room/a')).toEqual({ k: 1 })
      expect(await read('room/b')).toEqual({})
      expect(await page().list()).toEqual(['room/a'])
      await replica.close()
      // Nothing of the reading is left that would hold up a deletion.
      await page().remove('room/a')
      expect(await read('room/a')).toEqual({})
      expect(await page().list()).toEqual([])
    })

    it('can be removed one by one and all together', async () => {
      const page = device()
      for (const name of ['a', 'b', 'c']) {
        const doc = new Y.Doc()
        const replica = page().open(name, doc)
        await replica.loaded
        doc.getMap('m').set('k', name)
        await replica.close()
      }
      await page().remove('b')
      expect(await stored(page(), 'a')).toEqual({ k: 'a' })
      expect(await stored(page(), 'b')).toEqual({})
      await page().wipe()
      expect(await stored(page(), 'c')).toEqual({})
    })
  })
}

describe('replicas stored in IndexedDB', () => {
  it('let the document go on in memory when another tab deletes their database', async () => {
    const storage = new BrowserReplicaStorage('deleted')
    const doc = new Y.Doc()
    const replica = storage.open('a', doc)
    await replica.loaded
    await storage.remove('a')
    doc.getMap('m').set('k', 1)
    await replica.compact()
    await replica.close()
    expect(doc.getMap('m').toJSON()).toEqual({ k: 1 })
  })
})
