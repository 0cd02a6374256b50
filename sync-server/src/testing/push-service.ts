import type { IncomingMessage, ServerResponse } from 'node:http'
import { newId } from '@chatflow/shared/ids'
import { parsePushPayload, type PushPayload } from '@chatflow/shared/notify/push-payload'
import { PushReceiver } from './push-receiver.ts'
import { WebServer } from './web-server.ts'

/** A push message as a browser got it. */
export interface Received {
  payload: PushPayload
  /** What the push service saw. */
  headers: IncomingMessage['headers']
  body: Buffer
}

/** A browser that has subscribed. */
export interface Browser {
  endpoint: string
  keys: { p256dh: string; auth: string }
  /** What it got, decrypted, in the order in which it came. */
  readonly got: Received[]
  /** How its service answers: a status, or something of its own; 201 at first. */
  answers: number | ((answer: ServerResponse, request: IncomingMessage) => void)
  /** Requests that came for it, whatever was answered. */
  tries: number
}

/** A push service on this machine, over https as `secure.example.org`. It can read nothing; the browsers in the same test can. */
export class PushService {
  readonly web: WebServer
  readonly host: string

  static async start(): Promise<PushService> {
    return new PushService(await WebServer.start({ secure: true }))
  }

  private constructor(web: WebServer) {
    this.web = web
    this.host = `secure.example.org:${web.port}`
  }

  subscribe(): Browser {
    const path = `/push/${newId()}`
    const receiver = new PushReceiver()
    const browser: Browser = { endpoint: `https://${this.host}${path}`, keys: receiver.wire, got: [], answers: 201, tries: 0 }
    this.web.at(path, (answer, request) => {
      browser.tries += 1
      void read(request).then((body) => {
        const { answers } = browser
        if (typeof answers === 'function') return answers(answer, request)
        if (answers >= 200 && answers <= 299) {
          const payload = parsePushPayload(receiver.decrypt(body).toString())
          if (payload === undefined) throw new Error('Something came that no service worker could show.')
          browser.got.push({ payload, headers: request.headers, body })
        }
        answer.writeHead(answers).end()
      })
    })
    return browser
  }

  close(): Promise<void> {
    return this.web.close()
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What was told, in short. */
export function textsOf({ got }: Browser): (string | undefined)[] {
  return got.map(({ payload }) => payload.text)
}
