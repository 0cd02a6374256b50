/** Checks of the project's own files: `tools/check.ts rules`, `errors`, `licences`, `access`, `evidence` or `words`. Exit code 1 with one sentence a problem. */
import { de } from '@chatflow/client/i18n/de/catalog'
import { en } from '@chatflow/client/i18n/en/catalog'
import { ERRORS } from '@chatflow/shared/errors'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './build/files.ts'
import { ASVS_LEVELS } from './checks/asvs-levels.ts'
import { checkAsvs } from './checks/asvs.ts'
import { checkCatalog } from './checks/catalogs.ts'
import { checkErrors } from './checks/errors.ts'
import { checkEvidence } from './checks/evidence.ts'
import { installedPackages } from './checks/installed.ts'
import { isAllowedLicence } from './checks/licences.ts'
import { checkRules } from './checks/rules.ts'
import { checkWords } from './checks/words.ts'
import { root } from './root.ts'

const SKIP = ['node_modules', 'dist', 'dist.next', 'data', '.tmp', '.git']
const CHECKS: Record<string, () => string[] | Promise<string[]>> = { rules, errors, licences, access, evidence, words }

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

/** The tests that the pages on security name are there, and every requirement of ASVS has its row. */
function evidence(): string[] {
  const named = ['docs/THREAT_MODEL.md', 'docs/ASVS.md', 'docs/SECURITY.md'].flatMap((path) => checkEvidence(path, read(path), tests()))
  return [...named, ...checkAsvs(read('docs/ASVS.md'), ASVS_LEVELS, (path) => existsSync(join(root, path)))]
}

/** The languages have the same texts, and the client shows no words of its own. */
function words(): string[] {
  // Words that are shown to nobody: what tests render.
  const skip = /^(i18n|sync\/testing)\/|^app\/(fixture|render-fixture)|\.test\.tsx?$/
  const folder = join(root, 'client/src')
  const sources = listFiles(folder, '.', []).filter((path) => /\.tsx?$/.test(path) && !skip.test(path))
  const shown = sources.flatMap((path) => checkWords({ path, text: readFileSync(join(folder, path), 'utf8') }))
  return [...checkCatalog('en', en, en), ...checkCatalog('de', de, en), ...shown]
}

function tests(): { path: string; text: string }[] {
  return listFiles(root, '.', SKIP).filter((path) => /\.(test|spec)\.tsx?$/.test(path)).map((path) => ({ path, text: read(path) }))
}

function errors(): string[] {
  const sources = listFiles(root, '.', SKIP).filter((path) => /\.tsx?$/.test(path) && !/\.(test|spec)\.tsx?$/.test(path) && path !== 'shared/src/errors.ts')
  return checkErrors(ERRORS, read('docs/PROTOCOL.md'), sources.map(read))
}

function licences(): string[] {
  return installedPackages(root)
    .filter(({ licence }) => !isAllowedLicence(licence))
    .map(({ name: id, licence }) => `${id} has the licence "${licence}", which is not on the list of tools/checks/licences.ts.`)
}

function read(path: string): string {
  const file = join(root, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
