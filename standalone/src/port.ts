import { createServer } from 'node:net'

/** A sentence saying why the port cannot be had, or undefined if it is free. Looks before anything else is opened. */
export async function portProblem(port: number, host: string): Promise<string | undefined> {
  // The name stands for both addresses; a machine may lack the newer one.
  for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const problem = await tryAddress(port, address)
    if (problem !== undefined && !(address === '::1' && problem === NOT_OURS)) return problem
  }
  return undefined
}

const NOT_OURS = 'The address in HOST is not one of this machine.'

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

async function tryAddress(port: number, address: string): Promise<string | undefined> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject)
      probe.listen(port, address, resolve)
    })
    return undefined
  } catch (error) {
    return listenProblem(error, port)
  } finally {
    await new Promise<void>((resolve) => probe.close(() => resolve()))
  }
}
