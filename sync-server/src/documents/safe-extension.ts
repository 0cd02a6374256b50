import type { Extension } from '@hocuspocus/server'
import type { ConnectionContext } from './context.ts'
import { Refusal } from './refusal.ts'

/** Hooks whose failure is an answer: it refuses a document, a frame or an unloading. Storing is none: what failed would stay in memory for ever, and rows have it all. */
const MAY_REFUSE = new Set(['onAuthenticate', 'onLoadDocument', 'beforeUnloadDocument', 'beforeHandleAwareness', 'beforeSync'])

/**
 * Wraps every hook of an extension: in Hocuspocus a throw in most hooks ends the process. Those that may refuse do so with a reason;
 * the others log and go on.
 */
export function safeExtension(extension: Extension<ConnectionContext>, log: { error(fields: object, message: string): void }): Extension<ConnectionContext> {
  const names = new Set([...Object.keys(extension), ...Object.getOwnPropertyNames(Object.getPrototypeOf(extension))])
  const safe: Record<string, unknown> = { extensionName: extension.extensionName, priority: extension.priority }
  for (const name of names) {
    const hook = (extension as Record<string, unknown>)[name]
    if (name === 'constructor' || typeof hook !== 'function') continue
    safe[name] = async (payload: unknown): Promise<unknown> => {
      try {
        return await (hook as (payload: unknown) => unknown).call(extension, payload)
      } catch (error) {
        if (!MAY_REFUSE.has(name)) {
          log.error({ err: error, hook: name }, 'a document hook failed')
          return undefined
        }
        if (error instanceof Refusal) throw error
        log.error({ err: error, hook: name }, 'a document hook failed')
        throw new Refusal('retry', 'internal')
      }
    }
  }
  return safe as Extension<ConnectionContext>
}
