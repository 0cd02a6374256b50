/** Checks of the project's own files: `tools/check.ts rules`, `errors`, `licences`, `access` or `evidence`. Exit code 1 with one sentence a problem. */
import { ERRORS } from '@chatflow/shared/errors'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './build/files.ts'
import { checkErrors } from './checks/errors.ts'
import { checkEvidence } from './checks/evidence.ts'
import { isAllowedLicence } from './checks/licences.ts'
import { checkRules } from './checks/rules.ts'
import { root } from './root.ts'

const SKIP = ['node_modules', 'dist', 'dist.next', 'data', '.tmp', '.git']
const CHECKS: Record<string, () => string[] | Promise<string[]>> = { rules, errors, licences, access, evidence }

const name = process.argv[2] ?? ''
const check = CHECKS[name]
if (!check) {
  console.error(`Unknown check "${name}". There are: ${Object.keys(CHECKS).join(', ')}.`)
  process.exit(1)
}
const problems = await check()
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

function rules(): string[] {
  return checkRules(read('docs/SPEC.md'), tests().filter(({ path }) => !path.startsWith('tools/')))
}

/** What docs/ACCESS.md says is what the routes and `can()` say at present. */
async function access(): Promise<string[]> {
  // Only here: it starts the servers.
  const { accessPage } = await import('@chatflow/e2e/access-page')
  return read('docs/ACCESS.md') === (await accessPage()) ? [] : ['docs/ACCESS.md is not what the routes declare: run "node tools/access.ts" and look at what changed.']
}

/** The tests that the pages on security name are there. */
function evidence(): string[] {
  return ['docs/THREAT_MODEL.md', 'docs/ASVS.md'].flatMap((path) => checkEvidence(path, read(path), tests()))
}

function tests(): { path: string; text: string }[] {
  return listFiles(root, '.', SKIP).filter((path) => /\.(test|spec)\.tsx?$/.test(path)).map((path) => ({ path, text: read(path) }))
}

function errors(): string[] {
  const sources = listFiles(root, '.', SKIP).filter((path) => /\.tsx?$/.test(path) && !/\.(test|spec)\.tsx?$/.test(path) && path !== 'shared/src/errors.ts')
  return checkErrors(ERRORS, read('docs/PROTOCOL.md'), sources.map(read))
}

/** Every installed package, direct or not. */
function licences(): string[] {
  const store = join(root, 'node_modules/.pnpm')
  const found: string[] = []
  for (const folder of readdirSync(store)) {
    const modules = join(store, folder, 'node_modules')
    if (!existsSync(modules)) continue
    // Scoped packages are spelt @scope+name@version in the store.
    const own = folder.startsWith('@') ? folder.slice(1).split('@')[0]?.replace('+', '/') : folder.split('@')[0]
    const file = join(modules, `${folder.startsWith('@') ? '@' : ''}${own ?? ''}`, 'package.json')
    if (!existsSync(file)) continue
    const { name: id, license } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; license?: string | { type?: string } }
    const spelt = typeof license === 'string' ? license : (license?.type ?? 'none stated')
    if (!isAllowedLicence(spelt)) found.push(`${id} has the licence "${spelt}", which is not on the list of tools/checks/licences.ts.`)
  }
  return found
}

function read(path: string): string {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
