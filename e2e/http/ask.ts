import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** A request as it goes over the wire: nothing in it is put right. */
export interface Question {
  /** GET, unless said otherwise. */
  method?: string
  /** Path and query. */
  url: string
  headers?: Readonly<Record<string, string>>
  payload?: string | Buffer | undefined
  /** Length of the body as it is said to be, where that is not what is sent. */
  length?: number
}

export interface Answer {
  statusCode: number
  headers: IncomingHttpHeaders
  body: string
  /** The body as it came. */
  bytes: Buffer
  json<T>(): T
}

export type Ask = (question: Question) => Promise<Answer>

/** Asks the server on a port of this machine, by the name that people know it by. */
export function askerOf(port: number, host: string): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: ({ method = 'GET', url, headers = {}, payload, length }) =>
      new Promise((resolve, reject) => {
        const body = payload === undefined ? undefined : Buffer.from(payload)
        const size = length ?? body?.length
        // What is not sent as it was said cannot share its connection.
        const own = length === undefined ? agent : new Agent({ keepAlive: false })
        const asked = request({ agent: own, host: '127.0.0.1', port, method, path: url, headers: { host, ...headers, ...(size === undefined ? {} : { 'content-length': String(size) }) } })
        asked.once('error', reject)
        asked.once('response', (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () => {
            const bytes = Buffer.concat(chunks)
            const text = bytes.toString()
            resolve({ statusCode: response.statusCode ?? 0, headers: response.headers, body: text, bytes, json: <T>() => JSON.parse(text) as T })
            if (length !== undefined) asked.destroy()
          })
        })
        if (length === undefined) asked.end(body)
        else asked.write(body ?? '')
      }),
    close: () => agent.destroy(),
  }
}
