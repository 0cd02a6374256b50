import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, chromiumPath } from './harness/chromium.ts'

/** Browser tests. One worker: each test runs two browsers and a server, which is what two cores bear. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // No test judges how fast something is: a busy machine may take its time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_ARGS },
  },
})
