import { browserLayer } from './browser-layer.ts'
import { checkLayer } from './check-layer.ts'
import type { Layer } from './layer.ts'
import { vitestLayer } from './vitest-layer.ts'

const TSC = 'node_modules/typescript/bin/tsc'

const types = checkLayer('type check', [
  { name: 'shared', args: [TSC, '-p', 'shared'] },
  { name: 'client', args: [TSC, '-p', 'client'] },
  { name: 'service worker', args: [TSC, '-p', 'client/tsconfig.sw.json'] },
  { name: 'browser tests', args: [TSC, '-p', 'e2e'] },
  { name: 'servers, tools and tests', args: [TSC, '-p', '.'] },
])

const lint = checkLayer('lint', [{ name: 'oxlint', args: ['node_modules/oxlint/bin/oxlint'] }])

const unused = checkLayer('unused code', [{ name: 'knip', args: ['node_modules/knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'] }])

const documents = checkLayer('rules and docs', [
  { name: 'every rule of docs/SPEC.md has a test, every test names known rules', args: ['tools/check.ts', 'rules'] },
  { name: 'docs/PROTOCOL.md and the code list the same errors', args: ['tools/check.ts', 'errors'] },
  { name: 'docs/ACCESS.md is what the routes declare', args: ['tools/check.ts', 'access'] },
  { name: 'docs/THREAT_MODEL.md, docs/SECURITY.md and docs/ASVS.md name tests that there are; ASVS has a row for each requirement', args: ['tools/check.ts', 'evidence'] },
  { name: 'every word of the client is in the catalogs, and all languages have the same ones', args: ['tools/check.ts', 'words'] },
  { name: 'licences of dependencies', args: ['tools/check.ts', 'licences'] },
])

const quick = [types, lint, unused, documents, vitestLayer('unit', ['unit']), vitestLayer('components', ['dom'])]

/** Layers of one lane run one after another; the lanes run side by side and take about as long. The quick ones come first. */
export const CHECK_LANES: readonly (readonly Layer[])[] = [
  [types, documents],
  [lint, unused],
]

export const ALL_LANES: readonly (readonly Layer[])[] = [
  [...quick, vitestLayer('simulation', ['sim']), vitestLayer('accounts', ['accounts']), vitestLayer('whole servers', ['servers'])],
  [vitestLayer('integration', ['integration']), browserLayer('browser')],
]
