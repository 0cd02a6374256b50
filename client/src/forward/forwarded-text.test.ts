import { expect, test } from 'vitest'
import { parseMarkdown } from '../timeline/markdown.ts'
import { forwardedText, messageLink } from './forwarded-text.ts'

const room = '0197a000-0000-7000-8000-000000000001'
const message = { room, seq: 7, text: 'one\n\n- two', author: { id: 'a', username: 'ann', displayName: 'Ann *Bold*' } }

test('a forwarded message is a quote with its author and a link, under the comment', () => {
  expect(forwardedText(message, ' look ', 'https://chat.example')).toBe(`look\n> **Ann  Bold** https://chat.example/#/rooms/${room}/at/7\n> one\n>\n> - two`)
  expect(parseMarkdown(forwardedText(message, '', 'https://chat.example'))).toMatchObject([{ type: 'quote', children: [{ type: 'paragraph' }, { type: 'list' }] }])
})

test('what has no place yet has no link', () => {
  const { seq: _, ...waiting } = message
  expect(messageLink('https://chat.example', waiting)).toBeUndefined()
  expect(forwardedText(waiting, '', 'https://chat.example')).toBe('> **Ann  Bold**\n> one\n>\n> - two')
})
