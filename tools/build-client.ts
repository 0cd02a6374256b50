/**
 * Builds the client into client/dist, unless it was built from the same sources.
 * The finished build takes the old one's place in one step, so an interrupted build harms nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressFolder } from './build/compress.ts'
import { hashFiles, listFiles } from './build/files.ts'
import { root } from './root.ts'

const dist = join(root, 'client/dist')
const next = join(root, 'client/dist.next')
const stampFile = join(dist, '.stamp')
const stamp = hashFiles(root, sources())

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && !process.argv.includes('--force')) process.exit(0)

console.log('Building the client (first start, or its sources changed) ...')
rmSync(next, { recursive: true, force: true })
// A text that one of the languages lacks would show to somebody as its key.
const words = spawnSync(process.execPath, [join(root, 'tools/check.ts'), 'words'], { cwd: root, encoding: 'utf8' })
if (words.status !== 0) {
  console.error(`${words.stdout}${words.stderr}\nThe client is not built: the languages do not fit each other.`)
  process.exit(1)
}
const vite = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', next, '--logLevel', 'warn']
const built = spawnSync(process.execPath, vite, { cwd: root, encoding: 'utf8' })
if (built.status !== 0) {
  console.error(`${built.stdout}${built.stderr}\nThe client could not be built; the lines above say why.`)
  process.exit(1)
}
compressFolder(next)
writeFileSync(join(next, '.stamp'), stamp)
rmSync(dist, { recursive: true, force: true })
renameSync(next, dist)

/** Everything that the build reads; tests and results are no part of it. */
function sources(): string[] {
  const code = [...listFiles(root, 'client', ['dist', 'dist.next', 'node_modules']), ...listFiles(root, 'shared', ['node_modules'])]
  return [...code.filter((path) => !/\.test\.tsx?$/.test(path)), 'vite.config.ts', 'tools/build/page-languages.ts', 'tsconfig.base.json', 'pnpm-lock.yaml']
}
