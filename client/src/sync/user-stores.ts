import type { Id } from '@chatflow/shared/ids'
import type { CommandStore } from '../platform/command-store.ts'
import type { Platform } from '../platform/platform.ts'
import type { ReplicaStorage } from '../platform/replica-storage.ts'
import { scopeOf } from './scope.ts'

/** What this device keeps for one user. */
export class UserStores {
  /** Prefix of everything that is kept for the user. */
  readonly scope: string
  readonly commands: CommandStore
  readonly replicas: ReplicaStorage
  /** This device, the same in all tabs. */
  readonly device: Id
  readonly #platform: Platform

  constructor(platform: Platform, scope: string, commands: CommandStore) {
    this.#platform = platform
    this.scope = scope
    this.commands = commands
    this.replicas = platform.openReplicas(scope, commands.durable)
    this.device = deviceOf(platform, scope)
  }

  /** Deletes all of it. The stores must have been closed. */
  async wipe(): Promise<void> {
    const { keyValue } = this.#platform
    await Promise.allSettled([this.commands.wipe(), this.replicas.wipe(), this.#platform.forgetPictures()])
    for (const key of keyValue.keys()) if (key.startsWith(this.scope)) keyValue.remove(key)
  }
}

export async function openUserStores(platform: Platform, user: Id): Promise<UserStores> {
  const scope = scopeOf(user)
  return new UserStores(platform, scope, await platform.openCommandStore(scope))
}

function deviceOf({ keyValue, newId }: Platform, scope: string): Id {
  const key = `${scope}:device`
  const device = keyValue.get(key) ?? newId()
  keyValue.set(key, device)
  return device
}
