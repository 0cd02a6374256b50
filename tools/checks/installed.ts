import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface InstalledPackage {
  name: string
  version: string
  /** As its package.json spells it. */
  licence: string
}

/** Every package that is installed in the project's store, direct or not. */
export function installedPackages(root: string): InstalledPackage[] {
  const store = join(root, 'node_modules/.pnpm')
  return readdirSync(store).flatMap((folder) => {
    // Scoped packages are spelt @scope+name@version in the store.
    const [own = ''] = folder.startsWith('@') ? [`@${folder.slice(1).split('@')[0]?.replace('+', '/') ?? ''}`] : folder.split('@')
    const file = join(store, folder, 'node_modules', own, 'package.json')
    if (own === '' || !existsSync(file)) return []
    const { name, version, license } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string; license?: string | { type?: string } }
    return [{ name, version, licence: typeof license === 'string' ? license : (license?.type ?? 'none stated') }]
  })
}
