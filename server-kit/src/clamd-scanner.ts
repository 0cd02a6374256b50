import { connect } from 'node:net'
import { CodedError } from '@chatflow/shared/errors'
import type { ClamdAddress } from './clamd-address.ts'
import type { FileScanner } from './file-scanner.ts'

export interface ClamdOptions {
  address: ClamdAddress
  log: { warn(fields: object, message: string): void }
  /** ms that one file may take, connecting included. */
  timeoutMs?: number
}

const TIMEOUT_MS = 30_000
const RETRY_AFTER_S = 30
const CHUNK_BYTES = 65_536
/** What clamd says to a file is one short line. */
const LONGEST_REPLY = 1_000

/** Hands files to ClamAV's daemon, which need not see our disk: its command INSTREAM takes the bytes over the connection. */
export function createClamdScanner({ address, log, timeoutMs = TIMEOUT_MS }: ClamdOptions): FileScanner {
  return {
    async scan(bytes) {
      const reply = await ask(address, bytes, timeoutMs).catch((error: unknown) => {
        log.warn({ err: error }, 'the virus scanner did not answer: the file was refused')
        throw new CodedError('scanner_unavailable', undefined, RETRY_AFTER_S)
      })
      if (reply === 'stream: OK') return
      const signature = /^stream: ([\w.:/+-]{1,200}) FOUND$/.exec(reply)?.[1]
      log.warn({ signature: signature ?? 'none' }, signature === undefined ? 'the virus scanner could not look at a file: it was refused' : 'the virus scanner found something in a file: it was refused')
      throw signature === undefined && !reply.endsWith(' FOUND') ? new CodedError('scanner_unavailable', undefined, RETRY_AFTER_S) : new CodedError('file_infected')
    },
  }
}

/** clamd's whole reply to these bytes. Rejects unless it said a whole line. */
function ask(address: ClamdAddress, bytes: Uint8Array, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    let reply = ''
    const end = (error?: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      if (error) reject(error)
    }
    const timer = setTimeout(() => end(new Error('it took too long')), timeoutMs)
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      reply += text
      const length = reply.indexOf('\0')
      if (length >= 0) {
        end()
        resolve(reply.slice(0, length))
      } else if (reply.length > LONGEST_REPLY) end(new Error('it said too much'))
    })
    socket.once('error', (error) => end(error))
    // A connection that ends in the middle of a line has not said that all is well.
    socket.once('close', () => end(new Error('it hung up')))
    socket.once('connect', () => {
      socket.write('zINSTREAM\0')
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES)
        socket.write(lengthOf(chunk.length))
        socket.write(chunk)
      }
      socket.write(lengthOf(0))
    })
  })
}

/** Each chunk stands behind its length; one of none ends the file. */
function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}
