import type { Question } from './ask.ts'
import { badBodies, notJson, PLANTED } from './bad-bodies.ts'
import type { Body, Operation, Parameter } from './description.ts'
import type { Json } from './values.ts'

export interface BadRequest {
  what: string
  request: Question
  /** False: it may also be answered; it must only not be a fault. */
  mustRefuse: boolean
  /** Where only one answer is right. */
  status?: number
}

/** A request that the route takes, to be made wrong. */
export interface GoodRequest {
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  body: Json | Buffer | undefined
  headers: Readonly<Record<string, string>>
}

const JSON_TYPE = 'application/json'
const OTHER_TYPES = ['text/plain', 'text/html', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx', 'application/octet-stream', 'json', '*/*', ' ', 'application/json/../xml', 'application/vnd.api+json']
/** Longer than any route takes. */
const TOO_LONG = 1_073_741_824
const NO_IDS = ['x', '0', '-1', 'null', '%00', '%ff', '%', '..%2f..%2fetc', "'%3b--", '%7B%7D', '%F0%9F%92%A5', 'ABCDEF00-0000-7000-8000-000000000000', 'a'.repeat(200), 'a'.repeat(2_000)]
const NO_NUMBERS = ['x', 'NaN', 'Infinity', '1e400', '1.5', '9007199254740993', '9'.repeat(400), '%00', '0x', "1'", '[]', '{}']

/** The address of a route with its parameters filled in. They are not encoded: they may be meant wrong. */
export function urlOf({ path }: Operation, params: Readonly<Record<string, string>>, query: readonly string[] = []): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? '')
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}

/** The right request itself. */
export function goodRequest(operation: Operation, good: GoodRequest): Question {
  return { ...base(operation, good), ...payloadOf(operation.body, good.body, good.headers) }
}

/** `good`, wrong in one way at a time. */
export function badRequests(operation: Operation, good: GoodRequest): BadRequest[] {
  const { body } = operation
  return [
    ...wrongPaths(operation, good),
    ...wrongQueries(operation, good),
    ...(body === undefined ? unwantedBodies(operation, good) : body.contentType === JSON_TYPE ? wrongJson(operation, body, good) : wrongBytes(operation, body, good)),
  ]
}

function base(operation: Operation, { params, query, headers }: GoodRequest): Question {
  return { method: operation.method, url: urlOf(operation, params, Object.entries(query).map(([name, value]) => `${name}=${value}`)), headers: { ...headers } }
}

function payloadOf(body: Body | undefined, value: Json | Buffer | undefined, headers: Readonly<Record<string, string>>): Partial<Question> {
  if (body === undefined || value === undefined) return {}
  return { payload: Buffer.isBuffer(value) ? value : JSON.stringify(value), headers: { ...headers, 'content-type': body.contentType } }
}

function wrongPaths(operation: Operation, good: GoodRequest): BadRequest[] {
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
  return names.flatMap((name) =>
    NO_IDS.map((value) => {
      const params = { ...good.params, [name]: value }
      return { what: `:${name} is ${value.slice(0, 20)}`, request: { ...goodRequest(operation, { ...good, params }) }, mustRefuse: true }
    }),
  )
}

function wrongQueries(operation: Operation, good: GoodRequest): BadRequest[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query')
  const ask = (what: string, query: readonly string[], mustRefuse: boolean): BadRequest => ({ what, request: { ...goodRequest(operation, good), url: urlOf(operation, good.params, query) }, mustRefuse })
  const every = known.flatMap((parameter) => [
    ...wrongOf(parameter).map(([value, mustRefuse]) => ask(`?${parameter.name} is ${value.slice(0, 20)}`, [`${parameter.name}=${value}`], mustRefuse)),
    ask(`?${parameter.name} comes twice`, [`${parameter.name}=1`, `${parameter.name}=2`], parameter.schema.type !== 'array'),
    ask(`?${parameter.name} is a list`, [`${parameter.name}[]=1`], true),
  ])
  return [
    ...every,
    ask('a query that nobody knows', [`somethingElse=${PLANTED}`], known.length > 0),
    ask('a query named __proto__', ['__proto__=1'], false),
    ask('a query named constructor.prototype', ['constructor.prototype=1'], known.length > 0),
    ask('a query that is no encoding', ['%', '=%ff', '&&=='], false),
    ask('a query of 10 000 names', Array.from({ length: 2_000 }, (_, i) => `a${i}`), false),
  ]
}

function wrongOf({ schema }: Parameter): [string, boolean][] {
  const type = [schema.type].flat()[0]
  const long = 'x'.repeat((schema.maxLength ?? 8_000) + 1)
  if (type === 'integer') return [...NO_NUMBERS.map((value): [string, boolean] => [value, true]), ['-1', (schema.minimum ?? -1) > -1], ['', false]]
  if (type === 'number') return NO_NUMBERS.map((value) => [value, ['x', 'NaN', '%00', '[]', '{}'].includes(value)])
  const choice = schema.enum !== undefined || schema.const !== undefined || type === 'boolean'
  return [['%00', true], [`a%00b`, true], ['%ED%A0%80', choice], ['%', choice], [long, schema.maxLength !== undefined || choice], ['no-such-thing', choice]]
}

function unwantedBodies(operation: Operation, good: GoodRequest): BadRequest[] {
  const request = goodRequest(operation, good)
  const bodies: [string, string, string][] = [
    ['a body where none is wanted', JSON_TYPE, `{"planted":"${PLANTED}"}`],
    ['a body that is no JSON where none is wanted', JSON_TYPE, '{'],
    ['a form where no body is wanted', 'application/x-www-form-urlencoded', 'a=1'],
    ['__proto__ where no body is wanted', JSON_TYPE, '{"__proto__":{"admin":true}}'],
  ]
  return bodies.map(([what, type, payload]) => ({ what, request: { ...request, payload, headers: { ...good.headers, 'content-type': type } }, mustRefuse: false }))
}

function wrongJson(operation: Operation, body: Body, good: GoodRequest): BadRequest[] {
  const sample = good.body as Json
  const plain = base(operation, good)
  const send = (payload: string | Buffer, type: string = JSON_TYPE): Question => ({ ...plain, payload, headers: { ...good.headers, 'content-type': type } })
  const text = JSON.stringify(sample)
  return [
    ...badBodies(body.schema, sample).map(({ what, text: wrong, mustRefuse }) => ({ what, request: send(wrong), mustRefuse })),
    ...notJson(sample).map(({ what, bytes, mustRefuse }) => ({ what, request: send(bytes), mustRefuse })),
    ...OTHER_TYPES.map((type) => ({ what: `the content type "${type}"`, request: send(text, type), mustRefuse: true })),
    { what: 'UTF-16 that says so', request: send(Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16le'), mustRefuse: true },
    { what: 'a charset that nobody knows', request: send(text, 'application/json; charset=nonsense'), mustRefuse: false },
    { what: 'two content types', request: send(text, 'application/json, text/plain'), mustRefuse: false },
    { what: 'a content encoding', request: { ...send(text), headers: { ...good.headers, 'content-type': JSON_TYPE, 'content-encoding': 'gzip' } }, mustRefuse: false },
    { what: 'no body at all', request: plain, mustRefuse: body.required },
    { what: 'a body beyond every limit', request: { ...send(text), length: TOO_LONG }, mustRefuse: true, status: 413 },
  ]
}

function wrongBytes(operation: Operation, body: Body, good: GoodRequest): BadRequest[] {
  const plain = base(operation, good)
  const send = (payload: string | Buffer, type: string = body.contentType): Question => ({ ...plain, payload, headers: { ...good.headers, 'content-type': type } })
  return [
    ...['text/plain', 'text/html', 'application/xml', 'application/x-www-form-urlencoded', 'json', ' '].map((type) => ({ what: `the content type "${type}"`, request: send('x', type), mustRefuse: true })),
    { what: 'JSON', request: send('{"a":1}', JSON_TYPE), mustRefuse: true },
    { what: 'bytes that are nothing', request: send(Buffer.from(`${PLANTED}\u0000\u0001`)), mustRefuse: false },
    { what: 'markup', request: send('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), mustRefuse: false },
    { what: 'an empty body', request: send(Buffer.alloc(0)), mustRefuse: false },
    { what: 'no body at all', request: plain, mustRefuse: body.required },
    { what: 'a body beyond every limit', request: { ...send('x'), length: TOO_LONG }, mustRefuse: true, status: 413 },
  ]
}
