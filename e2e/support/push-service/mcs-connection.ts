import type { Socket } from 'node:net'
import { decode, encode, readVarint, varint } from './protobuf.ts'

const VERSION = 41
/** Kinds of messages, as Chromium numbers them (google_apis/gcm/base/mcs_util.h). */
const TAG = { ping: 0, pingAnswer: 1, login: 2, loginAnswer: 3, data: 8 } as const

/** A push as the browser is handed it. */
export interface Handed {
  /** Of the browser's product, and of one subscription. */
  app: string
  subtype: string
  /** The server's key, as the browser gave it. */
  sender: string
  id: string
  body: Buffer
}

export interface Login {
  device: string
  secret: string
}

type LogIn = (login: Login, connection: McsConnection) => (() => void) | undefined

/** The connection that a browser keeps open to its push service: after one byte of the version, messages of a kind, a length and fields. */
export class McsConnection {
  readonly #socket: Socket
  #unread = Buffer.alloc(0)
  #versionRead = false

  /** `logIn` answers what is to be done once the device is logged in, or undefined where it is not the one that it says it is. */
  constructor(socket: Socket, logIn: LogIn) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, chunk])
      this.#read(logIn)
    })
    // It says nothing to a test that a browser goes away.
    socket.on('error', () => socket.destroy())
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  hand({ app, subtype, sender, id, body }: Handed): void {
    const data = [['subtype', subtype], ['content-encoding', 'aes128gcm']].map(([key = '', value = '']) => [7, encode([[1, key], [2, value]])] as const)
    this.#send(TAG.data, encode([[3, sender], [5, app], ...data, [9, id], [21, body]]))
  }

  #send(tag: number, message: Buffer): void {
    this.#socket.write(Buffer.concat([Buffer.from([tag]), varint(message.length), message]))
  }

  #read(logIn: LogIn): void {
    if (!this.#versionRead) {
      if (this.#unread.length === 0) return
      if (this.#unread.readUInt8(0) !== VERSION) return void this.#socket.destroy(new Error('another version'))
      this.#versionRead = true
      this.#unread = this.#unread.subarray(1)
    }
    for (;;) {
      const size = readVarint(this.#unread, 1)
      if (size === undefined) return
      const end = size.end + Number(size.value)
      if (this.#unread.length < end) return
      const tag = this.#unread.readUInt8(0)
      const message = decode(this.#unread.subarray(size.end, end))
      this.#unread = this.#unread.subarray(end)
      this.#take(tag, message, logIn)
    }
  }

  #take(tag: number, message: Map<number, bigint | Buffer>, logIn: LogIn): void {
    const text = (field: number): string => String(message.get(field) ?? '')
    if (tag === TAG.ping) this.#send(TAG.pingAnswer, Buffer.alloc(0))
    if (tag !== TAG.login) return
    const loggedIn = logIn({ device: text(3), secret: text(5) }, this)
    if (loggedIn === undefined) return void this.#socket.destroy()
    this.#socket.write(Buffer.from([VERSION]))
    this.#send(TAG.loginAnswer, encode([[1, text(1)]]))
    loggedIn()
  }
}
