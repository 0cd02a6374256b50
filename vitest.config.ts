import { defineConfig } from 'vitest/config'

const NOT_OURS = ['**/node_modules/**', '**/dist/**', '**/dist.next/**', 'data/**', '.tmp/**']
/** A suffix says where a test runs. Plain `x.test.ts` is what has none of these. */
const SUFFIXED = ['**/*.dom.test.ts', '**/*.sim.test.ts', '**/*.pg.test.ts', '**/*.int.test.ts', '**/*.redis.test.ts']
const INTEGRATION = ['**/*.{pg,int,redis}.test.ts']
/** No test judges how fast something is: what is waited for may take its time on a busy machine. The libraries' own limits (5 s a test, 1 s a wait) would judge. */
const PATIENT = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } }, setupFiles: ['tools/test/patient-waits.ts'] }
const ON_DATABASES = { ...PATIENT, environment: 'node', globalSetup: './database/src/testing-global-setup.ts' }

export default defineConfig({
  test: {
    // A test run that finds no test has failed.
    passWithNoTests: false,
    projects: [
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...NOT_OURS, ...SUFFIXED], environment: 'node', ...PATIENT } },
      { test: { name: 'dom', include: ['**/*.dom.test.{ts,tsx}'], exclude: NOT_OURS, environment: 'happy-dom', ...PATIENT, setupFiles: [...PATIENT.setupFiles, 'client/src/test-setup.ts'] } },
      { test: { name: 'sim', include: ['**/*.sim.test.ts'], exclude: NOT_OURS, environment: 'node', ...PATIENT, testTimeout: 300_000 } },
      // Parts of one server on a database, those of accounts by themselves; then whole servers, as processes or in this one.
      { test: { name: 'integration', include: INTEGRATION, exclude: [...NOT_OURS, 'auth-server/**', 'e2e/**'], ...ON_DATABASES } },
      { test: { name: 'accounts', include: INTEGRATION.map((pattern) => `auth-server/${pattern}`), exclude: NOT_OURS, ...ON_DATABASES } },
      { test: { name: 'servers', include: INTEGRATION.map((pattern) => `e2e/${pattern}`), exclude: NOT_OURS, ...ON_DATABASES } },
    ],
  },
})
