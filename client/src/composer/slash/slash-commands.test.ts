import { describe, expect, it } from 'vitest'
import { said } from '../../i18n/sentence.ts'
import { commandsFor, parseSlash, parseStatus, type SlashPlace } from './slash-commands.ts'

const place = (room: Partial<SlashPlace['room']> = {}, me: Partial<SlashPlace['me']> = {}): SlashPlace => ({
  room: { id: 'r', kind: 'private', archived: false, role: 'member', muted: false, ...room },
  me: { id: 'm', role: 'member', ...me },
})

function problem(text: string, at: SlashPlace): string | undefined {
  const slash = parseSlash(text, at)
  return slash.what === 'problem' ? said(slash.sentence) : undefined
}

describe('what is written after a slash', () => {
  it.each([
    ['/me waves', { what: 'command', name: 'me', rest: 'waves' }],
    ['/ME  waves\nback ', { what: 'command', name: 'me', rest: 'waves\nback' }],
    ['/shrug', { what: 'command', name: 'shrug', rest: '' }],
    ['/help ', { what: 'command', name: 'help', rest: '' }],
    ['//foo bar', { what: 'message', text: '/foo bar' }],
    ['//', { what: 'message', text: '/' }],
    ['/', { what: 'message', text: '/' }],
    ['/ me', { what: 'message', text: '/ me' }],
    ['/etc/hosts is gone', { what: 'message', text: '/etc/hosts is gone' }],
    ['see /me', { what: 'message', text: 'see /me' }],
  ])('%j is %j', (text, slash) => {
    expect(parseSlash(text, place())).toEqual(slash)
  })

  it('an unknown command is said before anything is sent, with the way to send it', () => {
    expect(problem('/foo bar', place())).toBe('There is no command /foo. Begin with two slashes to write it as a message: //foo')
  })

  it('what is missing, and what one may not, is said', () => {
    expect(parseSlash('/me', place())).toMatchObject({ what: 'problem' })
    expect(problem('/topic', place({ role: 'owner' }))).toBe('Write the topic after /topic.')
    expect(problem('/topic new', place())).toBe('You may not use /topic here.')
    expect(parseSlash('/topic new', place({ role: 'owner', kind: 'dm' }))).toMatchObject({ what: 'problem' })
    expect(parseSlash('/topic new', place({ role: 'moderator' }))).toEqual({ what: 'command', name: 'topic', rest: 'new' })
  })

  it('only what one may is offered', () => {
    expect(commandsFor(place()).map((command) => command.name)).toEqual(['me', 'shrug', 'status', 'mute', 'leave', 'help'])
    expect(commandsFor(place({ role: 'owner' })).map((command) => command.name)).toContain('invite')
  })
})

it.each([
  ['🌴 On holiday', { emoji: '🌴', text: 'On holiday' }],
  ['🍽️', { emoji: '🍽️' }],
  ['👩‍💻  deep   work ', { emoji: '👩‍💻', text: 'deep work' }],
  ['🇵🇹 Lisbon', { emoji: '🇵🇹', text: 'Lisbon' }],
  ['In a meeting', { text: 'In a meeting' }],
  ['', undefined],
  ['clear', undefined],
])('the status %j is %j', (rest, status) => {
  expect(parseStatus(rest)).toEqual(status)
})
