/** Where clamd listens, as `net.connect` takes it. */
export type ClamdAddress = { host: string; port: number } | { path: string }

/** Reads `CLAMAV_URL`: `tcp://host:port` or `unix:/path`. Undefined if it is neither. */
export function clamdAddress(value: string): ClamdAddress | undefined {
  const path = /^unix:(?:\/\/)?(\/[^\0]+)$/.exec(value)?.[1]
  if (path !== undefined) return { path }
  if (!value.startsWith('tcp://') || !URL.canParse(value)) return undefined
  const { hostname, port, pathname, search, hash, username } = new URL(value)
  if (hostname === '' || port === '' || pathname.length > 1 || search + hash + username !== '') return undefined
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}
