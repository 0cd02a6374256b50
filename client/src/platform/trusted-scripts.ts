// oxlint-disable-next-line import/default -- of such a file Vite gives the address
import searchWorker from '../sync/search/search-worker.ts?worker&url'

/** Scripts that this page starts beside itself: the service worker, and the one that searches. There are no others. */
const SCRIPTS: readonly string[] = ['/sw.js', searchWorker]

let policy: Policy | undefined

/**
 * The address of one of our scripts in the form that the browser takes. The page's policy takes no string for it (trusted types): the one
 * policy that it allows knows these addresses and no others.
 */
export function trustedScript(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('chatflow', { createScriptURL: known })
  return policy?.createScriptURL(address) ?? known(address)
}

export const SEARCH_WORKER = searchWorker

function known(address: string): string {
  if (!SCRIPTS.includes(address)) throw new Error('This is no script of ours.')
  return address
}

/** The part that is used; TypeScript's DOM does not have it yet. What comes out is an object, which the browser takes like a string. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(value: string): string }): Policy
}

interface Policy {
  createScriptURL(value: string): string
}
