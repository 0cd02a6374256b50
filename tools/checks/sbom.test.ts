import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../root.ts'
import { checkSbom, type Sbom } from './sbom.ts'

const good = {
  name: 'b', group: '@a', version: '1.0.0', licenses: [{ license: { id: 'MIT' } }],
  externalReferences: [{ type: 'distribution', url: 'https://registry.npmjs.org/@a/b/-/b-1.0.0.tgz', hashes: [{ alg: 'SHA-512', content: 'ff' }] }],
}
const list = (...components: object[]): Sbom => ({ bomFormat: 'CycloneDX', components: components as NonNullable<Sbom['components']> })

describe('a list of packages', () => {
  test('is right if it names what is installed, with licence, hash and source; our own parts need none', () => {
    expect(checkSbom(list(good, { name: 'shared', group: '@chatflow', version: '0.1.0' }), ['@a/b@1.0.0'])).toEqual([])
  })

  test('is wrong without a package, a licence, a hash, or with one from elsewhere', () => {
    const elsewhere = [{ type: 'distribution', url: 'https://evil.example.org/c.tgz', hashes: [] }]
    expect(checkSbom(list(good, { name: 'c', version: '2.0.0', externalReferences: elsewhere }), ['@a/b@1.0.1'])).toEqual([
      '@a/b@1.0.1 is installed and not listed.',
      'c@2.0.0 has no licence.',
      'c@2.0.0 does not come from https://registry.npmjs.org/.',
      'c@2.0.0 has no hash.',
    ])
    expect(checkSbom({}, [])).toHaveLength(1)
  })

  test('is made of this project, and nothing is wrong with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatflow-sbom-'))
    const file = join(folder, 'list.json')
    const { status, stderr } = spawnSync(process.execPath, ['tools/sbom.ts', file], { cwd: root, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
    const names = (JSON.parse(readFileSync(file, 'utf8')) as Sbom).components?.map(({ name }) => name) ?? []
    expect(names).toEqual(expect.arrayContaining(['fastify', 'react', 'yjs', 'vitest']))
    rmSync(folder, { recursive: true })
  }, 60_000)
})
