import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Azure's own services for a machine answer at this one, though it lies in a public range. */
const CLOUD = new Set(['168.63.129.16'])
/** The only part of IPv6 that is given out to the public. What maps, embeds or translates IPv4 lies outside, or in a range that has its own name. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')
/** Reserved for protocols (RFC 2928), of which only some have a name of their own. */
const PROTOCOLS_IPV6 = ipaddr.IPv6.parseCIDR('2001::/23')

/** True for an address of the public internet, of either family, as a resolver or `URL` writes it. Everything that is not plainly one is not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%') || CLOUD.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed.kind() === 'ipv4') return true
  return parsed.match(GLOBAL_IPV6) && !parsed.match(PROTOCOLS_IPV6)
}
