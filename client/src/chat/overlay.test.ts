import type { Command } from '@chatflow/shared/command'
import { describe, expect, it } from 'vitest'
import type { QueuedCommand } from '../sync/command-queue.ts'
import { buildOverlay } from './overlay.ts'

let order = 0
type Rest<T> = T extends Command ? Omit<T, 'v' | 'id' | 'at'> : never
function queued(command: Rest<Command> & { id?: string }, more: Partial<QueuedCommand> = {}): QueuedCommand {
  order += 1
  const id = command.id ?? `c${order}`
  return { order, id, command: { v: 1, at: order, ...command, id } as Command, status: 'waiting', enteredAt: order, offered: false, ...more }
}

describe('own commands laid over a room', () => {
  it('add messages below the others, in the order they were entered', () => {
    const { rooms } = buildOverlay([
      queued({ type: 'message.send', room: 'r', text: 'a', id: 'a' }),
      queued({ type: 'message.send', room: 's', text: 'x', id: 'x' }),
      queued({ type: 'message.send', room: 'r', text: 'b', id: 'b' }, { status: 'rejected' }),
    ])
    expect(rooms.get('r')?.pending.map((record) => record.id)).toEqual(['a', 'b'])
  })

  it('change a message: the last edit counts, also of one not delivered yet', () => {
    const { rooms } = buildOverlay([
      queued({ type: 'message.edit', room: 'r', message: 'm', text: 'one' }),
      queued({ type: 'message.edit', room: 'r', message: 'm', text: 'two' }),
      queued({ type: 'message.react', room: 'r', message: 'm', emoji: '👍', on: true }),
      queued({ type: 'message.react', room: 'r', message: 'm', emoji: '👍', on: false }),
      queued({ type: 'message.pin', room: 'r', message: 'm', on: true }),
      queued({ type: 'message.preview', room: 'r', message: 'm', url: 'https://example.org', on: false }),
    ])
    const message = rooms.get('r')?.messages.get('m')
    expect(message).toMatchObject({ text: 'two', pinned: true, changing: true })
    expect([...(message?.previews ?? [])]).toEqual([['https://example.org', false]])
    expect([...(message?.reactions ?? [])]).toEqual([['👍', false]])
  })

  it('do not change anything once refused, but a refused edit stays with its message', () => {
    const refused = queued({ type: 'message.edit', room: 'r', message: 'm', text: 'no' }, { status: 'rejected', code: 'message_deleted' })
    const message = buildOverlay([refused]).rooms.get('r')?.messages.get('m')
    expect(message?.text).toBeUndefined()
    expect(message?.rejected).toBe(refused)
  })

  it('take a banned person out of the list of members; a report, its settlement and a lifted ban show nothing there', () => {
    const { rooms } = buildOverlay([
      queued({ type: 'member.ban', room: 'r', user: 'u' }),
      queued({ type: 'member.unban', room: 'r', user: 'u' }),
      queued({ type: 'message.report', room: 'r', message: 'm', reason: 'spam' }),
      queued({ type: 'report.resolve', room: 'r', report: 'p', outcome: 'removed' }),
    ])
    expect([...(rooms.get('r')?.members ?? [])]).toEqual([['u', { here: false }]])
    expect(rooms.get('r')?.messages.size).toBe(0)
  })

  it('leave a room, and come back into it', () => {
    const join = queued({ type: 'room.join', room: 'r' })
    expect(buildOverlay([join, queued({ type: 'room.leave', room: 'r' })]).rooms.get('r')).toMatchObject({ leaving: true })
    expect(buildOverlay([queued({ type: 'room.leave', room: 'r' }), join]).rooms.get('r')).toMatchObject({ leaving: false, join })
  })

  it('move the cursor forward only, and reading takes an unread mark away', () => {
    const { rooms } = buildOverlay([
      queued({ type: 'room.unread', room: 'r', seq: 3 }),
      queued({ type: 'room.read', room: 'r', seq: 9 }),
      queued({ type: 'room.read', room: 'r', seq: 4 }),
    ])
    expect(rooms.get('r')).toMatchObject({ read: 9, unreadMark: 0 })
  })
})
