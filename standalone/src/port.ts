import { createServer, type AddressInfo } from 'node:net'

/**
 * Makes sure that a port can be had before anything else is opened; 0 picks a free one.
 * Answers the port, or a sentence that says why not.
 */
export async function claimPort(wanted: number, host: string): Promise<{ port: number } | { problem: string }> {
  let port = wanted
  // The name stands for both addresses; a machine may lack the newer one.
  for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const tried = await tryAddress(port, address)
    if ('port' in tried) port = tried.port
    else if (address !== '::1' || tried.problem !== NOT_OURS) return tried
  }
  return { port }
}

const NOT_OURS = 'HOST is not an address of this machine.'

/** The sentence for an error of listening; any other error is thrown on. */
export function listenProblem(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port === 65_535 ? 3000 : port + 1} npm start`
    case 'EACCES':
      return `Port ${port} may not be used by this user. Choose one above 1023, for example: PORT=3000 npm start`
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'EAI_AGAIN':
    case 'ENOTFOUND':
    case 'EINVAL':
      return NOT_OURS
    default:
      throw error
  }
}

async function tryAddress(port: number, address: string): Promise<{ port: number } | { problem: string }> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(port, address, resolve)
    })
    return { port: (probe.address() as AddressInfo).port }
  } catch (error) {
    return { problem: listenProblem(error, port) }
  } finally {
    await new Promise<void>((resolve) => probe.close(() => resolve()))
  }
}
