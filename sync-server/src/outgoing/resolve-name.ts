import { Resolver } from 'node:dns/promises'

/** One try of two seconds: the whole of a preview has five. */
const TIMEOUT_MS = 2_000

/**
 * All addresses of a name, IPv4 first. Asked of the name servers directly: `getaddrinfo` would look into the hosts file of this machine, and hold a thread of the
 * pool that also hashes passwords for as long as somebody's name server likes. Rejects where there is none. `servers`: others than those of the machine.
 */
export async function resolveName(hostname: string, servers?: readonly string[]): Promise<string[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  if (servers !== undefined) resolver.setServers(servers)
  // The dot of the root: no search domains.
  const name = `${hostname}.`
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  const addresses = found.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (addresses.length === 0) throw new Error('no address')
  return addresses
}
