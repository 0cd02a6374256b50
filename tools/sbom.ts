/**
 * Writes the list of all packages in use, with versions, licences, hashes and who needs whom: `node tools/sbom.ts [file]`, CycloneDX 1.6 as JSON.
 * What pnpm makes of the lockfile and the installed packages is checked before it is written. Exit code 1 with one sentence a problem.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installedPackages } from './checks/installed.ts'
import { checkSbom, type Sbom } from './checks/sbom.ts'
import { root } from './root.ts'

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }
const file = process.argv[2] ?? 'chatflow.cdx.json'

const args = ['--yes', '--prefer-offline', packageManager, 'sbom', '--sbom-format', 'cyclonedx', '--sbom-spec-version', '1.6', '--sbom-type', 'application']
const { stdout, stderr, status } = spawnSync('npx', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' })
const problems = status === 0 ? checkSbom(JSON.parse(stdout) as Sbom, installedPackages(root).map(({ name, version }) => `${name}@${version}`)) : [stderr || 'pnpm could not be run.']
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
writeFileSync(file, stdout)
console.log(`${file}: ${(JSON.parse(stdout) as Sbom).components?.length ?? 0} packages`)
