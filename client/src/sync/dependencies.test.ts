import type { Command } from '@chatflow/shared/command'
import { describe, expect, it } from 'vitest'
import { dependentsOf, makers, makersOf } from './dependencies.ts'

const send = (id: string, room: string, replyTo?: string): Command => ({ v: 1, id, at: 1, type: 'message.send', room, text: id, ...(replyTo ? { replyTo } : {}) })
const react = (id: string, room: string, message: string): Command => ({ v: 1, id, at: 1, type: 'message.react', room, message, emoji: 'x', on: true })
const create = (id: string, room: string): Command => ({ v: 1, id, at: 1, type: 'room.create', room, kind: 'private', name: room, members: [] })
const records = (...commands: Command[]) => commands.map((command) => ({ id: command.id, command }))

describe('what a command waits for', () => {
  it('is the making of its room, of its message and of what it answers', () => {
    const all = records(create('c', 'R'), send('a', 'R'), send('b', 'R', 'a'), react('r', 'R', 'b'))
    const made = makers(all)
    expect(all.map((record) => makersOf(record.command, made).map((maker) => maker.id))).toEqual([[], ['c'], ['c', 'a'], ['c', 'b']])
  })

  it('is nothing for what this device did not make', () => {
    expect(makersOf(react('r', 'R', 'x'), makers(records(send('a', 'R'))))).toEqual([])
  })

  it('is not what was entered later: a conversation is hidden, then opened again', () => {
    const leave: Command = { v: 1, id: 'l', at: 1, type: 'room.leave', room: 'R' }
    const all = records(leave, create('c', 'R'), send('a', 'R')).map((record, order) => ({ ...record, order }))
    const made = makers(all)
    expect(all.map((record) => makersOf(record.command, made, record.order).map((maker) => maker.id))).toEqual([[], [], ['c']])
    expect(dependentsOf(['c'], all).map((record) => record.id)).toEqual(['a'])
  })

  it('is not the other making of the same room', () => {
    const all = records(create('c1', 'R'), create('c2', 'R'), send('a', 'R'))
    const made = makers(all)
    expect(all.map((record) => makersOf(record.command, made).map((maker) => maker.id))).toEqual([[], [], ['c1']])
  })
})

describe('what falls with a command', () => {
  it('is everything that names what it makes, through any number of steps, in order', () => {
    const all = records(create('c', 'R'), send('z', 'S'), send('a', 'R'), send('b', 'R', 'a'), react('r', 'R', 'b'))
    expect(dependentsOf(['c'], all).map((record) => record.id)).toEqual(['a', 'b', 'r'])
    expect(dependentsOf(['a'], all).map((record) => record.id)).toEqual(['b', 'r'])
    expect(dependentsOf(['z'], all)).toEqual([])
  })
})
