import { isIP } from 'node:net'
import { NoAnswer } from './no-answer.ts'
import { isPublicAddress } from './public-address.ts'
import { resolveName } from './resolve-name.ts'

/** What may be asked for. Production knows `strictGuard` alone; tests that need a server on this machine say so by another. */
export interface Guard {
  /** All addresses of a name. Rejects where there is none. */
  resolve(hostname: string): Promise<string[]>
  allowsAddress(address: string): boolean
  /** `port` as `URL` writes it: '' for the default one of the scheme. */
  allowsPort(port: string): boolean
  /** The name that people reach this server by. */
  ownHost: string
}

export function strictGuard(publicUrl: string): Guard {
  return { resolve: (name) => resolveName(name), allowsAddress: isPublicAddress, allowsPort: (port) => port === '', ownHost: new URL(publicUrl).hostname }
}

/** Names that mean something only within a network, or nothing at all (RFC 6761, 6762, 7686, 8375, 9476, and what is in use). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|test|example|invalid|onion|alt)$/
/** Two labels or more, the last one no number. */
const NAME = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * Reads an address and refuses what may not be asked for whatever it resolves to. All spellings of a number (`http://2130706433`, `0x7f.1`, full-width digits)
 * are one after `URL` has read them. Throws `NoAnswer`.
 */
export function checkedUrl(address: string, guard: Guard, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new NoAnswer('address')
  const url = new URL(address, base?.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new NoAnswer('scheme')
  if (url.username !== '' || url.password !== '') throw new NoAnswer('credentials')
  if (!guard.allowsPort(url.port)) throw new NoAnswer('port')
  const host = bareHost(url)
  if (host === bareHost(new URL(`http://${guard.ownHost}`))) throw new NoAnswer('own_host')
  if (isIP(host) === 0 && (!NAME.test(host) || PRIVATE_NAME.test(host))) throw new NoAnswer('host')
  url.hash = ''
  return url
}

/**
 * The addresses that may be connected to for a checked URL. One that is refused refuses all: a name that has a private address beside public ones is
 * not a name of the public internet. Throws `NoAnswer`.
 */
export async function addressesOf(url: URL, guard: Guard): Promise<string[]> {
  const host = bareHost(url)
  const addresses = isIP(host) === 0 ? await guard.resolve(host).catch(() => []) : [host]
  if (addresses.length === 0) throw new NoAnswer('unresolved')
  if (!addresses.every((address) => guard.allowsAddress(address))) throw new NoAnswer('private_address')
  return addresses
}

/** Without the brackets of IPv6 and the dot of the root. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}
