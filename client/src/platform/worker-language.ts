/** Where a page leaves word for the service worker, which has no other storage in common with it that is so simple. */
const CACHE = 'chatflow-language'
const ADDRESS = '/language'

/** The language of the interface, for messages that do not say it. */
export async function keepWorkerLanguage(language: string): Promise<void> {
  try {
    await (await caches.open(CACHE)).put(ADDRESS, new Response(language))
  } catch {
    // Nothing can be kept here: those messages are in English.
  }
}

export async function workerLanguage(): Promise<string | undefined> {
  try {
    return await (await caches.match(ADDRESS, { cacheName: CACHE }))?.text()
  } catch {
    return undefined
  }
}
