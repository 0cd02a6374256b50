import { CodedError } from '@chatflow/shared/errors'
import { addressesOf, checkedUrl, type Guard } from '../outgoing/guard.ts'
import { NoAnswer } from '../outgoing/no-answer.ts'

/** Reads the address of a push service: https, and by its spelling nothing that the guard refuses. Throws `NoAnswer`. */
export function endpointUrl(endpoint: string, guard: Guard): URL {
  const url = checkedUrl(endpoint, guard)
  if (url.protocol !== 'https:') throw new NoAnswer('scheme')
  return url
}

/**
 * The same for one that a person hands in. A name that leads to an address which is not public is refused at once; one that leads nowhere at the moment is not, since each sending looks again.
 * Throws `push_subscription_invalid`, which does not tell what a name leads to.
 */
export async function checkedEndpoint(endpoint: string, guard: Guard): Promise<URL> {
  try {
    const url = endpointUrl(endpoint, guard)
    await addressesOf(url, guard)
    return url
  } catch (error) {
    if (error instanceof NoAnswer && error.reason === 'unresolved') return endpointUrl(endpoint, guard)
    if (error instanceof NoAnswer) throw new CodedError('push_subscription_invalid')
    throw error
  }
}
