import type { Bootstrap, DirectoryRoom, DirectoryRooms, DirectoryUser, ErasedSegments, MembersPage, SeqAt, ThreadPage } from '@chatflow/shared/api/chat'
import type { SearchPage, SearchSort } from '@chatflow/shared/api/search'
import { isErrorCode, type ErrorCode, type Problem } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { HttpAnswer, Platform } from '../platform/platform.ts'

/** An answer of a server that says no. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode
  /** A sentence for each wrong field. */
  readonly fields: Record<string, string> | undefined
  /** Seconds to wait, where the server names them. */
  readonly retryAfter: number | undefined
  /** The whole answer, for codes that carry more than these. */
  readonly problem: Partial<Problem>
  constructor(status: number, problem: Partial<Problem>, retryAfter?: number) {
    super(problem.detail ?? problem.title ?? `status ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.code = isErrorCode(problem.code) ? problem.code : status === 401 ? 'unauthenticated' : 'internal'
    this.fields = problem.fields
    this.retryAfter = retryAfter
    this.problem = problem
  }
}

/** One request with JSON in and out, or a file in. Rejects with `ApiError`, or with whatever `fetch` throws while there is no network. */
export async function request<T>(platform: Platform, method: string, path: string, options: { body?: unknown; token?: string } = {}): Promise<T> {
  const file = options.body instanceof Blob ? options.body : undefined
  const answer = await platform.fetch(platform.origin + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': file === undefined ? 'application/json' : file.type || 'application/octet-stream' }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    },
    ...(options.body === undefined ? {} : { body: file ?? JSON.stringify(options.body) }),
    ...(file === undefined ? {} : { long: true }),
  })
  if (answer.status === 204) return undefined as T
  const body: unknown = await answer.json().catch(() => ({}))
  if (answer.status >= 400) throw new ApiError(answer.status, (body ?? {}) as Partial<Problem>, secondsOf(answer))
  return body as T
}

/** Fetches a file. `onProgress`: bytes that have come. Rejects like `request`, and when the answer breaks off. */
export async function download(platform: Platform, path: string, token: string, onProgress: (bytes: number) => void): Promise<Blob> {
  const answer = await platform.fetch(platform.origin + path, { method: 'GET', headers: { authorization: `Bearer ${token}` }, long: true })
  if (answer.status >= 400) throw new ApiError(answer.status, ((await answer.json().catch(() => ({}))) ?? {}) as Partial<Problem>, secondsOf(answer))
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = answer.body?.getReader()
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    parts.push(next.value)
    bytes += next.value.length
    onProgress(bytes)
  }
  return new Blob(parts, { type: answer.headers?.get('content-type') ?? '' })
}

function secondsOf(answer: HttpAnswer): number | undefined {
  const seconds = Number(answer.headers?.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds : undefined
}

/** The sync-server's HTTP side as far as the chat uses it. All need a network. */
export class Api {
  readonly #platform: Platform
  readonly #token: () => Promise<string>

  constructor(platform: Platform, token: () => Promise<string>) {
    this.#platform = platform
    this.#token = token
  }

  bootstrap(): Promise<Bootstrap> {
    return this.#get('/api/bootstrap')
  }

  async users(query: string): Promise<DirectoryUser[]> {
    return list<DirectoryUser>(await this.#get(`/api/users?q=${encodeURIComponent(query)}`), 'users')
  }

  /** A page of the public rooms, from the `offset`th on. */
  async rooms(query: string, offset = 0): Promise<DirectoryRooms> {
    const answer = await this.#get(`/api/rooms?q=${encodeURIComponent(query)}&offset=${offset}`)
    return { rooms: list<DirectoryRoom>(answer, 'rooms'), more: (answer as Partial<DirectoryRooms>).more === true }
  }

  /** Members of a room, by role; with a query those with it in their names. */
  members(room: Id, query: string, offset: number): Promise<MembersPage> {
    return this.#get(`/api/rooms/${room}/members?q=${encodeURIComponent(query)}&offset=${offset}&limit=${LIMITS.pageEntries}`)
  }

  /** The picture of a preview. */
  async previewImage(room: Id, image: string): Promise<Blob> {
    return download(this.#platform, `/api/rooms/${room}/previews/${image}`, await this.#token(), () => undefined)
  }

  /** The conversation of a message; `before`: only answers below this seq. */
  thread(room: Id, message: Id, before?: number): Promise<ThreadPage> {
    return this.#get(`/api/rooms/${room}/messages/${message}/thread${before === undefined ? '' : `?before=${before}`}`)
  }

  seqAt(room: Id, time: number): Promise<SeqAt> {
    return this.#get(`/api/rooms/${room}/seq-at?time=${time}`)
  }

  /** A page of what the server finds; `before`: the `next` of the page before. */
  search(q: string, { sort, before, tz }: { sort: SearchSort; before?: string | undefined; tz: string }): Promise<SearchPage> {
    return this.#get(`/api/search?${new URLSearchParams({ q, sort, tz, ...(before === undefined ? {} : { before }) }).toString()}`)
  }

  /** Where in the room's log something was deleted after the rev. */
  erased(room: Id, after: number): Promise<ErasedSegments> {
    return this.#get(`/api/rooms/${room}/erased?after=${after}`)
  }

  async #get<T>(path: string): Promise<T> {
    return request<T>(this.#platform, 'GET', path, { token: await this.#token() })
  }
}

/** Lists come bare or under their name. */
function list<T>(answer: unknown, name: string): T[] {
  const value = Array.isArray(answer) ? answer : (answer as Record<string, unknown>)[name]
  return Array.isArray(value) ? (value as T[]) : []
}
