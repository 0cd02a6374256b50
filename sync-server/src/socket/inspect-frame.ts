import type { DocName } from '@chatflow/shared/doc-names'
import { LIMITS } from '@chatflow/shared/limits'
import * as decoding from 'lib0/decoding'
import { checkUpdate } from './update-check.ts'

/** Message types of the Hocuspocus protocol that clients may send. */
const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const SYNC_REPLY = 4
const STATELESS = 5
const CLOSE_DOCUMENT = 7
const PING = 9
const PONG = 10

const SYNC_STEP_1 = 0

const SESSION = /^[\w-]{1,64}$/

/**
 * What to do with a frame, seen before Hocuspocus and Yjs: hand it on (`pass`, or `awareness`, which like all talk of presence has a limit of its own), ignore it,
 * or end the connection because no honest client sends it.
 */
export function inspectFrame(frame: Uint8Array, parse: (name: string) => DocName | undefined): 'pass' | 'awareness' | 'drop' | 'refuse' {
  try {
    const decoder = decoding.createDecoder(frame)
    const address = decoding.readVarString(decoder)
    const separator = address.indexOf('\0')
    const name = separator === -1 ? address : address.slice(0, separator)
    if (separator !== -1 && !SESSION.test(address.slice(separator + 1))) return 'refuse'
    const document = parse(name)
    if (document === undefined) return 'refuse'
    switch (decoding.readVarUint(decoder)) {
      case SYNC:
      case SYNC_REPLY: {
        const step = decoding.readVarUint(decoder)
        const payload = decoding.readVarUint8Array(decoder)
        if (step !== SYNC_STEP_1) checkUpdate(payload, document.kind === 'outbox' ? LIMITS.outboxUpdateStructs : LIMITS.updateStructs)
        return 'pass'
      }
      case AWARENESS:
        if (document.kind !== 'room' && document.kind !== 'notes') return 'drop'
        return frame.length > LIMITS.awarenessBytes ? 'drop' : 'awareness'
      case AUTH:
      case QUERY_AWARENESS:
      case CLOSE_DOCUMENT:
      case PING:
      case PONG:
        return 'pass'
      case STATELESS:
        // A mark, which asks for an answer and says nothing to others.
        if (document.kind === 'notes' && frame.length <= LIMITS.awarenessBytes) return 'pass'
        // How present somebody is, and whom they ask about.
        return document.kind === 'user' && frame.length <= LIMITS.statelessBytes ? 'awareness' : 'drop'
      default:
        return 'refuse'
    }
  } catch {
    return 'refuse'
  }
}

/** True for a frame of ours that says who is there, or types. */
export function isAwareness(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  return decoding.readVarUint(decoder) === AWARENESS
}
