import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** All files below `folder` (relative to `base`), sorted; folders named in `skip` are left out at every depth. */
export function listFiles(base: string, folder: string, skip: readonly string[] = []): string[] {
  const found: string[] = []
  for (const entry of readdirSync(join(base, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!skip.includes(entry.name)) found.push(...listFiles(base, path, skip))
    } else if (entry.isFile()) {
      found.push(path)
    }
  }
  return found.sort()
}

/** One SHA-256 over the names and contents of files, in hexadecimal. */
export function hashFiles(base: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const content = readFileSync(join(base, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
