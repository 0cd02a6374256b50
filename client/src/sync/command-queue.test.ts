import type { Command } from '@chatflow/shared/command'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import { createMemoryPlatform } from '../platform/memory-platform.ts'
import { CommandQueue } from './command-queue.ts'

const room = newId()

async function openQueue(): Promise<CommandQueue> {
  const platform = createMemoryPlatform({ WebSocket: undefined })
  return new CommandQueue(await platform.openCommandStore('test'), platform.openTabs('test'), platform.clock)
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
