import { expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function capture() {
  const lines: string[] = []
  return { log: createLogger('info', { write: (line: string) => void lines.push(line) }), text: () => lines.join('') }
}

it('leaves out secrets wherever they stand', () => {
  const { log, text } = capture()
  log.info({ token: 'planted-1', user: { password: 'planted-2' }, a: { b: { email: 'planted-3' } }, req: { headers: { cookie: 'planted-4' } } }, 'hello')
  expect(text()).toContain('hello')
  expect(text()).not.toContain('planted')
})

it('does not repeat what errors of the database, of parsers and of the network quote', () => {
  const { log, text } = capture()
  const ofDatabase = Object.assign(new Error('duplicate key (email)=(planted@example.org)'), { severity: 'ERROR', code: '23505', detail: 'planted', table: 'users' })
  log.error({ err: ofDatabase })
  log.error({ err: new Error('outer', { cause: new SyntaxError('Unexpected token in "planted"') }) })
  log.error(ofDatabase)
  log.error(ofDatabase, 'said')
  log.warn({ err: Object.assign(new Error('connect ECONNREFUSED planted:5432'), { code: 'ECONNREFUSED', syscall: 'connect', address: 'planted' }) })
  expect(text()).toContain('23505')
  expect(text()).toContain('ECONNREFUSED')
  expect(text()).toContain('outer')
  expect(text()).toContain('logger.test.ts')
  expect(text()).not.toContain('planted')
})
