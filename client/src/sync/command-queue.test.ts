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
