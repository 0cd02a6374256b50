import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import { say } from './engine.ts'
import { formatNumber } from './format.ts'
import { language } from './language.ts'
import type { Key, RichValues } from './words.ts'

type Value = string | number | ReactNode | ((inside: ReactNode) => ReactNode)

/** Stand for a value's name until the text has been taken apart; both are private to programs and in no text. */
const OPEN = '\u{E000}'
const CLOSE = '\u{E001}'

/**
 * Like `t`, with elements: `rich('rooms.leave', { room: <strong>harbour</strong>, more: (inside) => <a href="#/">{inside}</a> })`
 * for "You leave {{room}}. <more>What does that mean?</more>". No value is ever read as part of the text, so nothing that people write can bring a tag.
 */
export function rich<K extends Key>(key: K, values: RichValues<K, ReactNode>): ReactNode {
  const given: Readonly<Record<string, Value>> = values
  const count = given['count']
  const names = Object.fromEntries(Object.keys(given).map((name) => [name, `${OPEN}${name}${CLOSE}`]))
  const text = say(language(), key, typeof count === 'number' ? count : undefined, names)
  return createElement(Fragment, null, ...parts(text, given))
}

/** The text's pieces: words, values, and what tags make of what is inside of them (tags do not stand within their own kind). */
function parts(text: string, values: Readonly<Record<string, Value>>): ReactNode[] {
  const nodes: ReactNode[] = []
  const piece = /<(\w+)>(.*?)<\/\1>|\u{E000}(\w+)\u{E001}/gsu
  let at = 0
  for (const match of text.matchAll(piece)) {
    if (match.index > at) nodes.push(text.slice(at, match.index))
    at = match.index + match[0].length
    const [, tag, inside = '', name = ''] = match
    nodes.push(tag === undefined ? shown(values[name]) : wrapped(values[tag], parts(inside, values)))
  }
  if (at < text.length) nodes.push(text.slice(at))
  return nodes
}

function shown(value: Value): ReactNode {
  return typeof value === 'function' ? null : typeof value === 'number' ? formatNumber(value) : value
}

function wrapped(value: Value, inside: ReactNode[]): ReactNode {
  const content = createElement(Fragment, null, ...inside)
  return typeof value === 'function' ? value(content) : content
}
