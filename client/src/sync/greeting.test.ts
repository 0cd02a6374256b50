import { newId } from '@chatflow/shared/ids'
import { describe, expect, it, vi } from 'vitest'
import { Greeting, type GreetingOptions } from './greeting.ts'
import type { RoomSummary } from './room-summaries.ts'

/** A page that has been greeted before, in the epoch `known`. What is done is noted in order. */
function page(known = 'one') {
  const done: string[] = []
  const summaries = new Map<string, Partial<RoomSummary>>()
  const room = newId()
  const device = { writes: true, isOpen: true, online: true }
  const note = (what: string) => () => void done.push(what)
  const options: GreetingOptions = {
    connection: {
      greeted: note('connected'),
      get isOpen() {
        return device.isOpen
      },
    },
    epoch: {
      async meet(epoch, queue, dropReplicas) {
        if (!device.writes) throw new Error('the disk is full')
        if (epoch === known) return
        await dropReplicas()
        await queue.requeueSettled()
      },
    },
    queue: { catchUp: async () => void done.push('caught up'), requeueSettled: async () => void done.push('offered again') },
    outbox: { greeted: note('commands go out') },
    api: {
      async bootstrap() {
        if (!device.online) throw new Error('no network')
        return { rooms: [{ room, head: 7, rev: 9, unread: 2, cursor: 5 }] } as Awaited<ReturnType<GreetingOptions['api']['bootstrap']>>
      },
    },
    rooms: { learn: (id, head, rev) => void done.push(`${id === room ? 'room' : id} is at ${head}, ${rev}`), forgetSynced: note('nothing is synced'), syncAll: note('rooms are fetched') },
    summaries: {
      get: (id) => ({ counted: { cursor: 0, head: 0 }, ...summaries.get(id) }) as RoomSummary,
      learn: (id, facts) => void summaries.set(id, { ...summaries.get(id), ...facts }),
      dropCounts: note('counts are dropped'),
    },
    sessions: { dropAll: async () => void done.push('replicas are dropped') },
    search: { reset: note('the index is dropped') },
    onHeads: note('heads are known'),
  }
  return { greeting: new Greeting(options), done, device, room, summaries }
}

const AFTER_EPOCH = ['caught up', 'commands go out', 'room is at 7, 9', 'heads are known', 'rooms are fetched']

describe('the greeting', () => {
  it('lets commands out, learns how far rooms are, and fetches them', async () => {
    const { greeting, done, room, summaries } = page()
    await greeting.meet('one')
    expect(done).toEqual(['connected', ...AFTER_EPOCH])
    expect(summaries.get(room)).toEqual({ unread: 2, counted: { cursor: 5, head: 7 } })
  })

  it('[R1] of another epoch drops replicas and offers again before any command goes out', async () => {
    const { greeting, done } = page()
    await greeting.meet('two')
    expect(done).toEqual(['connected', 'counts are dropped', 'nothing is synced', 'replicas are dropped', 'the index is dropped', 'offered again', ...AFTER_EPOCH])
  })

  it('leaves alone what this device has counted in newer messages', async () => {
    const { greeting, room, summaries } = page()
    summaries.set(room, { unread: 4, counted: { cursor: 5, head: 9 } })
    await greeting.meet('one')
    expect(summaries.get(room)).toEqual({ unread: 4, counted: { cursor: 5, head: 9 } })
  })

  it('[R8] lets commands out also when the device cannot write, and fetches rooms also when heads cannot be asked', async () => {
    const { greeting, done, device } = page()
    const errors = vi.spyOn(console, 'error').mockReturnValue()
    device.writes = false
    device.online = false
    await greeting.meet('two')
    expect(done).toEqual(['connected', 'commands go out', 'heads are known', 'rooms are fetched'])
    expect(errors).toHaveBeenCalledOnce()
    errors.mockRestore()
  })

  it('leads to nothing when another one has come since, the connection is lost, or the page has ended', async () => {
    const twice = page()
    await Promise.all([twice.greeting.meet('one'), twice.greeting.meet('one')])
    expect(twice.done.filter((what) => what === 'commands go out')).toHaveLength(1)
    const lost = page()
    lost.device.isOpen = false
    await lost.greeting.meet('one')
    const ended = page()
    const greeted = ended.greeting.meet('one')
    ended.greeting.stop()
    await greeted
    expect([lost.done, ended.done]).toEqual([['connected', 'caught up'], ['connected', 'caught up']])
  })
})
