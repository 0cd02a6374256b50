import { expect, test } from '@playwright/test'
import { AXE, audit } from './a11y/audit.ts'
import { walkAll } from './a11y/walk.ts'
import { TestServer } from './harness/server.ts'

test('axe finds nothing wrong on any page and in any dialog, in both themes, wide and on a phone', async ({ browser }) => {
  test.setTimeout(300_000)
  const server = await TestServer.start({ program: { file: 'e2e/support/versions-program.ts', env: {} } })
  const problems = await walkAll({ browser, server, sizes: ['wide', 'phone'], prepare: (context) => context.addInitScript({ path: AXE }), look: audit })
  await server.dispose()
  expect(problems).toEqual([])
})
