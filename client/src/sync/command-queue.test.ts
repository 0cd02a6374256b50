import type { Command } from '@chatflow/shared/command'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it, vi } from 'vitest'
import { StoreError } from '../platform/command-store.ts'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { CommandQueue } from './command-queue.ts'
import { Lifeboat } from './lifeboat.ts'

const room = newId()

async function openQueue(device = new MemoryDevice()): Promise<CommandQueue> {
  const platform = createMemoryPlatform({ device, WebSocket: undefined })
  const lifeboat = new Lifeboat({ values: platform.keyValue, scope: 'test', newId: platform.newId })
  return new CommandQueue(await platform.openCommandStore('test'), platform.openTabs('test'), platform.clock, lifeboat)
}

async function add(queue: CommandQueue, fields: Record<string, unknown>): Promise<string> {
  const command = { v: 1, id: newId(), at: 1, ...fields } as unknown as Command
  await queue.add(command, { offered: true })
  return command.id
}

const isOvertaken = (queue: CommandQueue, id: string): boolean | undefined => {
  const record = queue.get(id)
  return record && queue.isOvertaken(record)
}

describe('of two values for the same thing only the later is seen', () => {
  it('a draft that was kept does not come back once an emptied one has followed, also when both are settled', async () => {
    const queue = await openQueue()
    const kept = await add(queue, { type: 'draft.set', room, text: 'x' })
    expect(isOvertaken(queue, kept)).toBe(false)
    const emptied = await add(queue, { type: 'draft.set', room, text: '' })
    await queue.settle([
      { id: kept, attempt: 1, seq: 0 },
      { id: emptied, attempt: 1, seq: 0 },
    ])
    expect(isOvertaken(queue, kept)).toBe(true)
    expect(isOvertaken(queue, emptied)).toBe(false)
  })

  it.each([
    [{ type: 'room.archive', room }, { type: 'room.unarchive', room }],
    [{ type: 'room.leave', room }, { type: 'room.create', room, kind: 'dm', members: [newId()] }],
    [{ type: 'message.pin', room, message: room, on: true }, { type: 'message.pin', room, message: room, on: false }],
    [{ type: 'message.react', room, message: room, emoji: '👍', on: true }, { type: 'message.react', room, message: room, emoji: '👍', on: false }],
    [{ type: 'member.remove', room, user: room }, { type: 'member.add', room, user: room }],
  ])('%j is not to be seen once %j has followed, and is again if that is refused', async (earlier, later) => {
    const queue = await openQueue()
    const first = await add(queue, earlier)
    expect(isOvertaken(queue, first)).toBe(false)
    const second = await add(queue, later)
    expect(isOvertaken(queue, first)).toBe(true)
    expect(isOvertaken(queue, second)).toBe(false)
    await queue.settle([{ id: second, attempt: 1, code: 'forbidden', message: 'You may not do this.' }])
    expect(isOvertaken(queue, first)).toBe(false)
  })

  it('drafts of other rooms, other settings and messages are left alone', async () => {
    const queue = await openQueue()
    const draft = await add(queue, { type: 'draft.set', room, text: 'x' })
    const setting = await add(queue, { type: 'me.set', key: 'theme', value: 'dark' })
    const message = await add(queue, { type: 'message.send', room, text: 'hello' })
    await add(queue, { type: 'draft.set', room: newId(), text: 'y' })
    await add(queue, { type: 'me.set', key: 'density', value: 'compact' })
    await add(queue, { type: 'message.send', room, text: 'again' })
    expect([draft, setting, message].map((id) => isOvertaken(queue, id))).toEqual([false, false, false])
  })
})

describe('[R8] a page that goes away before the disk has answered', () => {
  /** The disk is asked, and the page is gone before it has heard. */
  async function stranded(device: MemoryDevice, ...commands: Record<string, unknown>[]): Promise<CommandQueue> {
    const queue = await openQueue(device)
    await queue.load()
    const store = device.openStores.at(-1)
    if (store === undefined) throw new Error('There is no store.')
    vi.spyOn(store, 'change').mockReturnValue(new Promise(() => {}))
    for (const command of commands) void add(queue, command)
    queue.leave()
    return queue
  }

  async function opened(device: MemoryDevice): Promise<CommandQueue> {
    const queue = await openQueue(device)
    await queue.load()
    return queue
  }

  it('leaves what it was asked to keep to the next one, once', async () => {
    const device = new MemoryDevice()
    await stranded(device, { type: 'message.send', room, text: 'sent at the last moment' }, { type: 'draft.set', room, text: 'half a thought' })
    const texts = async () => (await opened(device)).list().map(({ command, status }) => [status, 'text' in command && command.text])
    expect(await texts()).toEqual([['waiting', 'sent at the last moment'], ['waiting', 'half a thought']])
    expect([...device.values.keys()].filter((key) => key.includes('lifeboat'))).toEqual([])
    expect(await texts()).toHaveLength(2)
  })

  it('puts nothing back that another tab has said since, and nothing twice', async () => {
    const device = new MemoryDevice()
    await stranded(device, { type: 'draft.set', room, text: 'older', at: 5 })
    const other = await openQueue(device)
    await add(other, { type: 'draft.set', room, text: 'newer', at: 6 })
    expect((await opened(device)).list().map(({ command }) => 'text' in command && command.text)).toEqual(['newer'])

    const queue = await opened(device)
    const sent = queue.add({ v: 1, id: newId(), at: 1, type: 'message.send', room, text: 'kept after all' }, { offered: true })
    queue.leave()
    // The page was only put aside.
    await sent
    expect([...device.values.keys()].filter((key) => key.includes('lifeboat'))).toEqual([])
  })

  it('leaves it where it is while the disk is full; what is damaged is nobody\'s', async () => {
    const device = new MemoryDevice()
    await stranded(device, { type: 'message.send', room, text: 'hold on' })
    device.values.set('test:lifeboat:x', '{"')
    device.values.set('test:lifeboat:y', '[{"type":"nonsense"}, 7]')
    const full = await openQueue(device)
    const store = device.openStores.at(-1)
    if (store !== undefined) store.failure = new StoreError('full')
    await full.load()
    expect(full.list()).toEqual([])
    expect((await opened(device)).list().map(({ command }) => 'text' in command && command.text)).toEqual(['hold on'])
  })
})
