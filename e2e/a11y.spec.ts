import { expect, test } from '@playwright/test'
import { AXE, audit } from './a11y/audit.ts'
import { walkAll } from './a11y/walk.ts'

test('axe finds nothing wrong on any page and in any dialog, in both themes, wide and on a phone', async ({ browser }) => {
  test.setTimeout(600_000)
  const problems = await walkAll({ browser, prepare: (context) => context.addInitScript({ path: AXE }), look: audit })
  expect(problems).toEqual([])
})
