import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { openBrowserCommandStore } from './browser-command-store.ts'
import type { CommandRecord, CommandStore } from './command-store.ts'
import { emptyCommandData, MemoryCommandStore } from './memory-command-store.ts'

function record(id: string, text = id): CommandRecord {
  return {
    id,
    command: { v: 1, id, at: 1, type: 'message.send', room: 'r', text },
    status: 'waiting',
    enteredAt: 1,
    offered: false,
  }
}

let names = 0

const kinds = {
  memory: () => {
    const data = emptyCommandData()
    return async (): Promise<CommandStore> => new MemoryCommandStore(true, data)
  },
  'IndexedDB': () => {
    const name = `contract-${names++}`
    return () => openBrowserCommandStore(name)
  },
}

for (const [kind, device] of Object.entries(kinds)) {
  describe(`the strict store in ${kind}`, () => {
    let open: CommandStore[] = []
    const start = () => {
      const next = device()
      return async () => {
        const store = await next()
        open.push(store)
        return store
      }
    }
    afterEach(() => {
      for (const store of open) store.close()
      open = []
    })

    it('[R8] gives back what was put, in the order in which it was put, to another tab', async () => {
      const tab = start()
      const first = await tab()
      const put = await first.change([], () => ({ put: [record('b'), record('a')] }))
      expect(put.map((one) => one.id)).toEqual(['b', 'a'])
      const second = await tab()
      await second.change([], () => ({ put: [record('c')] }))
      expect((await first.readAll()).map((one) => one.id)).toEqual(['b', 'a', 'c'])
      expect((await first.readAfter(put[1]?.order ?? 0)).map((one) => one.id)).toEqual(['c'])
    })

    it('keeps the place of a record that is put again', async () => {
      const store = await start()()
      await store.change([], () => ({ put: [record('a'), record('b')] }))
      await store.change(['a'], (found) => ({ put: [...found.values()].map((one) => ({ ...one, status: 'settled' as const, seq: 7 })) }))
      const all = await store.readAll()
      expect(all.map((one) => [one.id, one.status, one.seq])).toEqual([['a', 'settled', 7], ['b', 'waiting', undefined]])
    })

    it('shows the decision only records that are there, and reads by id', async () => {
      const store = await start()()
      await store.change([], () => ({ put: [record('a')] }))
      await store.change(['a', 'x'], (found) => {
        expect([...found.keys()]).toEqual(['a'])
        return { remove: ['a', 'x'] }
      })
      expect(await store.read(['a'])).toEqual([])
    })

    it('changes nothing when the decision throws, and passes the error on', async () => {
      const store = await start()()
      await store.change([], () => ({ put: [record('a')] }))
      const refusal = new Error('no')
      await expect(
        store.change(['a'], () => {
          throw refusal
        }),
      ).rejects.toBe(refusal)
      expect(await store.readAll()).toHaveLength(1)
    })

    it('is not changed by what its callers do to records', async () => {
      const store = await start()()
      const own = record('a')
      const [put] = await store.change([], () => ({ put: [own] }))
      own.status = 'rejected'
      if (put) put.status = 'rejected'
      expect((await store.read(['a']))[0]?.status).toBe('waiting')
    })

    it('makes one of two tabs wait for the other: both see whole changes', async () => {
      const tab = start()
      const [one, two] = [await tab(), await tab()]
      await one.change([], () => ({ put: [record('n', '0')] }))
      const increment = (store: CommandStore) =>
        store.change(['n'], (found) => {
          const [at] = found.values()
          if (!at || at.command.type !== 'message.send') throw new Error('gone')
          return { put: [{ ...at, command: { ...at.command, text: String(Number(at.command.text) + 1) } }] }
        })
      await Promise.all(Array.from({ length: 10 }, (_, i) => increment(i % 2 ? one : two)))
      const [after] = await one.read(['n'])
      expect(after?.command).toMatchObject({ text: '10' })
    })

    it('keeps facts, and forgets everything when wiped', async () => {
      const tab = start()
      const store = await tab()
      await store.writeFact('epoch', 'e1')
      await store.change([], () => ({ put: [record('a')] }))
      expect(await store.readFact('epoch')).toBe('e1')
      await store.wipe()
      const again = await tab()
      expect(await again.readAll()).toEqual([])
      expect(await again.readFact('epoch')).toBeUndefined()
    })
  })
}

describe('the strict store in IndexedDB', () => {
  it('[R8] names a failed write, and opens again after its connection was closed', async () => {
    const store = await openBrowserCommandStore('reopen')
    await expect(
      store.change([], () => ({ put: [{ ...record('a'), message: (() => 1) as unknown as string }] })),
    ).rejects.toMatchObject({ name: 'StoreError', code: 'failed' })
    expect(await store.readAll()).toEqual([])
    store.close()
    await store.change([], () => ({ put: [record('a')] }))
    expect(await store.readAll()).toHaveLength(1)
    store.close()
  })
})
