import { type CoreSchema, type Json, oracleOf, schemaFor } from './values.ts'

/** Stands in text that is sent, to see whether an answer repeats it. */
export const PLANTED = 'planted-value'

export interface BadBody {
  /** What is wrong, for the name of a failure. */
  what: string
  /** As it goes over the wire. */
  text: string
  /** False: it may also be taken, where a schema leaves that open; it must only not be a fault. */
  mustRefuse: boolean
}

type Path = readonly (string | number)[]

/** JSON has no word for these, so they are put into the text. */
const RAW = { '"@huge@"': '1e400', '"@minus-zero@"': '-0', '"@digits@"': '9'.repeat(400) }
const WRONG: readonly Json[] = [null, true, 7, -1, 0.5, Number.MAX_SAFE_INTEGER + 1, 1e308, PLANTED, '', ' ', [], {}, [[]], { planted: 1 }]
const NOT_TEXT: readonly [string, string][] = [
  ['U+0000', `${PLANTED}\u0000`],
  ['a lone high surrogate', `${PLANTED}\ud800`],
  ['a lone low surrogate', `\udfff${PLANTED}`],
]
const DEEP = 20_000
/** How far into a body its fields are changed one by one. */
const DEEPEST = 4

/**
 * The body `sample`, wrong in every way that can be thought of one at a time: each field of each wrong type, missing, too long, too large,
 * not well-formed, beside a field that nobody knows, with keys that mean something to JavaScript, and texts that are no JSON.
 */
export function badBodies(schema: CoreSchema, sample: Json): BadBody[] {
  const takes = oracleOf(schema)
  const judged = (what: string, text: string): BadBody => ({ what, text, mustRefuse: !takes(JSON.parse(text)) })
  const refused = (what: string, text: string): BadBody => ({ what, text, mustRefuse: true })
  const bodies: BadBody[] = []
  for (const { path, of, value } of places(schemaFor(schema, sample), sample)) {
    const name = path.join('.') || 'the body'
    for (const wrong of WRONG) bodies.push(judged(`${name} is ${JSON.stringify(wrong)}`, write(sample, path, wrong)))
    for (const [raw, text] of Object.entries(RAW)) {
      bodies.push({ what: `${name} is ${text.slice(0, 10)}`, text: write(sample, path, JSON.parse(raw) as Json), mustRefuse: typeof value !== 'number' ? typeof value !== 'object' : text !== '-0' })
    }
    if (typeof value === 'string') {
      for (const [what, text] of NOT_TEXT) bodies.push(refused(`${name} holds ${what}`, write(sample, path, text)))
      bodies.push(judged(`${name} has ${(of.maxLength ?? 40_000) + 1} characters`, write(sample, path, 'x'.repeat((of.maxLength ?? 40_000) + 1))))
    }
    if (Array.isArray(value)) {
      const one = value[0] ?? 'x'
      bodies.push(judged(`${name} has one item too many`, write(sample, path, Array.from({ length: (of.maxItems ?? 1_000) + 1 }, () => one))))
    }
    if (isObject(value)) {
      for (const key of Object.keys(value)) {
        const { [key]: _left, ...rest } = value
        bodies.push(judged(`${name} lacks ${key}`, write(sample, path, rest)))
      }
      bodies.push(judged(`${name} has a field that nobody knows`, write(sample, path, { ...value, somethingElse: PLANTED })))
      for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
        const inner = key === 'constructor' ? '{"prototype":{"admin":true}}' : '{"admin":true}'
        const text = write(sample, path, { ...value, '@key@': 0 }).replace('"@key@":0', `"${key}":${inner}`)
        bodies.push(of.additionalProperties === false ? refused(`${name} has the key ${key}`, text) : { what: `${name} has the key ${key}`, text, mustRefuse: false })
      }
    }
    bodies.push(judged(`${name} is nested ${DEEP} deep`, write(sample, path, '@deep@').replace('"@deep@"', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)))
  }
  return bodies
}

const whole = (sample: Json): string => JSON.stringify(sample)

/** Texts that are no JSON, or bytes that are no text, for a route that takes `sample`. */
export function notJson(sample: Json): { what: string; bytes: Buffer; mustRefuse: boolean }[] {
  const good = whole(sample)
  const texts = ['{', '{"a":}', 'nul', 'undefined', `${good}${good}`, good.replaceAll('"', "'"), `${good.slice(0, -1)},}`, `/**/${good}`, `<x>${good}</x>`, 'a=1&b=2', '\u0000', 'NaN']
  return [
    ...texts.map((text) => ({ what: `the text ${text.slice(0, 20)}`, bytes: Buffer.from(text), mustRefuse: !isJson(text) })),
    { what: 'nothing, said to be JSON', bytes: Buffer.alloc(0), mustRefuse: true },
    { what: 'UTF-16', bytes: Buffer.from(good, 'utf16le'), mustRefuse: true },
    { what: 'bytes that are no UTF-8', bytes: Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(good)]), mustRefuse: true },
    { what: 'a byte that is no UTF-8 within a text', bytes: Buffer.from(good.replace(/"(?=[,}])/, '\u00ff"'), 'latin1'), mustRefuse: false },
  ]
}

/** All fields of a body with their schemas, from the outside in; what the schema leaves open (commands are judged by themselves) is left alone. */
function* places(schema: CoreSchema, sample: Json, path: Path = []): Generator<{ path: Path; of: CoreSchema; value: Json }> {
  const of = schemaFor(schema, sample)
  if (Object.keys(of).length === 0) return
  yield { path, of, value: sample }
  if (path.length >= DEEPEST) return
  if (Array.isArray(sample)) {
    if (sample[0] !== undefined) yield* places(of.items ?? {}, sample[0], [...path, 0])
  } else if (isObject(sample)) {
    for (const [key, value] of Object.entries(sample)) yield* places(of.properties?.[key] ?? {}, value, [...path, key])
  }
}

/** `sample` with `value` at `path`, as JSON. */
function write(sample: Json, path: Path, value: Json): string {
  let text = whole(put(sample, path, value))
  for (const [mark, raw] of Object.entries(RAW)) text = text.replace(mark, raw)
  return text
}

function put(sample: Json, [head, ...rest]: Path, value: Json): Json {
  if (head === undefined) return value
  if (Array.isArray(sample)) return sample.map((inner, i) => (i === head ? put(inner, rest, value) : inner))
  if (isObject(sample)) return Object.fromEntries(Object.entries(sample).map(([key, inner]) => [key, key === head ? put(inner, rest, value) : inner]))
  return value
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
