/** Each gate is run on a small bad example in a workspace of its own and must refuse it. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from './root.ts'

const workspace = mkdtempSync(join(tmpdir(), 'chatflow-gates-'))

/** Bad examples: a sentence, the file, its text, and the rule that must refuse it. */
const LINT = [
  ['a server imports another', 'sync-server/src/a.ts', "import { x } from '@chatflow/auth-server'\nexport const y = x\n", 'no-restricted-imports'],
  ['a server imports the client', 'auth-server/src/b.ts', "import { x } from '@chatflow/client'\nexport const y = x\n", 'no-restricted-imports'],
  ['shared imports a package of ours', 'shared/src/c.ts', "import { x } from '@chatflow/database'\nexport const y = x\n", 'no-restricted-imports'],
  ['shared uses Node', 'shared/src/d.ts', "import { x } from 'node:fs'\nexport const y = x\n", 'no-restricted-imports'],
  ['the client imports a server', 'client/src/e.ts', "import { x } from '@chatflow/sync-server'\nexport const y = x\n", 'no-restricted-imports'],
  ['a package is entered by a path', 'standalone/src/f.ts', "import { x } from '../../database/src/database.ts'\nexport const y = x\n", 'no-restricted-imports'],
  ['a package is entered beside its door', 'standalone/src/g.ts', "import { x } from '@chatflow/database/src/x.ts'\nexport const y = x\n", 'no-restricted-imports'],
  ['a component uses Yjs', 'client/src/ui/H.tsx', "import { Doc } from 'yjs'\nexport const y = new Doc()\n", 'no-restricted-imports'],
  ['a component uses Hocuspocus', 'client/src/ui/I.tsx', "import { x } from '@hocuspocus/provider'\nexport const y = x\n", 'no-restricted-imports'],
  ['a component reaches into sync', 'client/src/ui/J.tsx', "import { x } from '../sync/x.ts'\nexport const y = x\n", 'no-restricted-imports'],
  ['sync uses React', 'client/src/sync/k.ts', "import { x } from 'react'\nexport const y = x\n", 'no-restricted-imports'],
  ['any is used', 'shared/src/l.ts', 'export const y = (x: any): unknown => x\n', 'no-explicit-any'],
  ['a suppression suppresses nothing', 'shared/src/m.ts', '// oxlint-disable-next-line no-explicit-any\nexport const y = 1\n', 'unused'],
  ['a promise is left alone', 'shared/src/n.ts', 'async function f(): Promise<void> {}\nexport function g(): void {\n  f()\n}\n', 'no-floating-promises'],
  ['a variable is unused', 'shared/src/o.ts', 'export function f(): void {\n  const unused = 1\n}\n', 'no-unused-vars'],
  ['a test is skipped', 'shared/src/p.test.ts', "import { expect, test } from 'vitest'\ntest.skip('x', () => expect(1).toBe(1))\n", 'no-disabled-tests'],
  ['only one test is run', 'shared/src/q.test.ts', "import { expect, test } from 'vitest'\ntest.only('x', () => expect(1).toBe(1))\n", 'no-focused-tests'],
  ['a file passes on everything of others', 'shared/src/r.ts', "export * from './l.ts'\n", 'no-barrel-file'],
  ['files import each other in a circle', 'shared/src/s.ts', "import { t } from './t.ts'\nexport const s = (): unknown => t\n", 'no-cycle'],
] as const

const GOOD = ['sync-server/src/good.ts', "import { x } from '@chatflow/shared/x'\nexport const y = x\n"] as const

interface Finding {
  code?: string
  message: string
  filename?: string
}

beforeAll(() => {
  symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'))
  for (const file of ['oxlint.config.ts', 'tsconfig.base.json', '.gitignore']) cpSync(join(root, file), join(workspace, file))
  put('tsconfig.json', JSON.stringify({ extends: './tsconfig.base.json', include: ['*/src'] }))
})

afterAll(() => rmSync(workspace, { recursive: true }))

describe('lint refuses it when', () => {
  let findings: Finding[] = []

  beforeAll(() => {
    for (const [, file, text] of LINT) put(file, text)
    put('shared/src/t.ts', "import { s } from './s.ts'\nexport const t = s\n")
    put(...GOOD)
    const { stdout, status } = run('node_modules/oxlint/bin/oxlint', '--format=json')
    expect(status).toBe(1)
    findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics
  }, 60_000)

  test.each(LINT)('%s (%s)', (_sentence, file, _text, rule) => {
    const here = findings.filter((finding) => finding.filename?.endsWith(file))
    expect(here.map((finding) => `${finding.code} ${finding.message}`).join('\n')).toMatch(new RegExp(rule, 'i'))
  })

  test('but takes what is allowed', () => {
    expect(findings.filter((finding) => finding.filename?.endsWith(GOOD[0]))).toEqual([])
  })
})

describe('the type check refuses', () => {
  test.each([
    ['a value of another type', 'export const x: number = "one"\n', 'TS2322'],
    ['a place of an array taken for granted', 'export const x: number = ([] as number[])[0]\n', 'TS2322'],
    ['syntax that Node cannot strip', 'export enum Colour { Red }\n', 'TS1294'],
    ['a parameter without a type', 'export const f = (x) => x\n', 'TS7006'],
  ])('%s', (_sentence, text, code) => {
    put('bad-types/src/x.ts', text)
    put('bad-types/tsconfig.json', JSON.stringify({ extends: '../tsconfig.base.json', include: ['src'] }))
    const { stdout, status } = run('node_modules/typescript/bin/tsc', '-p', 'bad-types')
    expect(status).not.toBe(0)
    expect(stdout).toContain(code)
  })
})

test('knip refuses an export, a file and a dependency that nobody uses', () => {
  const folder = join(workspace, 'unused')
  mkdirSync(join(folder, 'src'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const manifest = { name: 'unused', version: '1.0.0', type: 'module', main: 'src/main.ts', dependencies: { pg: '8.0.0' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'src/main.ts'), "import { used } from './parts.ts'\nconsole.log(used)\n")
  writeFileSync(join(folder, 'src/parts.ts'), 'export const used = 1\nexport const neverUsed = 2\n')
  writeFileSync(join(folder, 'src/orphan.ts'), 'export const lost = 3\n')
  const result = spawnSync(process.execPath, [join(root, 'node_modules/knip/bin/knip.js'), '--no-progress'], { cwd: folder, encoding: 'utf8' })
  expect(result.status).toBe(1)
  expect(result.stdout).toContain('neverUsed')
  expect(result.stdout).toContain('src/orphan.ts')
  expect(result.stdout).toContain('pg')
}, 60_000)

function put(file: string, text: string): void {
  const path = join(workspace, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function run(program: string, ...args: string[]) {
  return spawnSync(process.execPath, [join(root, program), ...args], { cwd: workspace, encoding: 'utf8' })
}
