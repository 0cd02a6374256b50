import type { Helper } from './platform.ts'
import { SEARCH_WORKER, trustedScript } from './trusted-scripts.ts'

/** The worker that searches the replicas of this name. */
export function openSearchWorker(name: string, hear: (message: unknown) => void, failed: () => void): Helper | undefined {
  if (typeof Worker === 'undefined') return undefined
  try {
    const worker = new Worker(trustedScript(SEARCH_WORKER), { type: 'module', name })
    worker.addEventListener('message', (message: MessageEvent<unknown>) => hear(message.data))
    worker.addEventListener('error', () => {
      worker.terminate()
      failed()
    })
    return { post: (message) => worker.postMessage(message), close: () => worker.terminate() }
  } catch {
    return undefined
  }
}
