import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface TestCertificate {
  /** PEM of the authority that signed it, known to nobody but the test. */
  authority: string
  key: string
  certificate: string
}

/** An authority of the test's own, and a certificate by it for these names and addresses. Made with the `openssl` that Postgres brings along. */
export async function makeCertificate(names: readonly string[]): Promise<TestCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'chatflow-tls-'))
  const file = (name: string): string => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  try {
    await openssl('req', '-x509', ...fresh, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=ChatFlow test authority', '-days', '2')
    await openssl('req', ...fresh, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=mail')
    await writeFile(file('names'), `subjectAltName=${names.map((name) => `${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`).join(',')}\n`)
    await openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'leaf.pem', '-days', '2', '-extfile', 'names')
    const [authority = '', key = '', certificate = ''] = await Promise.all(['ca.pem', 'leaf.key', 'leaf.pem'].map((name) => readFile(file(name), 'utf8')))
    return { authority, key, certificate }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
