/**
 * Lint rules. The import boundaries are the ones of docs/ARCHITECTURE.md: imports run one way.
 * tools/gates.test.ts shows for each of them that it fails on a bad example.
 */
import { defineConfig } from 'oxlint'

const PACKAGES = ['shared', 'database', 'server-kit', 'auth-server', 'sync-server', 'client', 'standalone', 'e2e', 'bench', 'tools'] as const
type Package = (typeof PACKAGES)[number]

/** Which packages of ours each may import. Those not listed are the places where everything comes together. */
const MAY_IMPORT: Partial<Record<Package, readonly Package[]>> = {
  shared: [],
  database: ['shared'],
  'server-kit': ['shared', 'database'],
  'auth-server': ['shared', 'database', 'server-kit'],
  'sync-server': ['shared', 'database', 'server-kit'],
  client: ['shared'],
}

interface Pattern {
  regex: string
  message: string
}

/** What a file of `from` must not import, by package name or by a path that leads into another package. */
function boundary(from: Package): Pattern[] {
  const allowed = MAY_IMPORT[from]
  const forbidden = PACKAGES.filter((name) => name !== from && allowed !== undefined && !allowed.includes(name))
  const patterns: Pattern[] = [
    { regex: `^(\\.\\./)+(${PACKAGES.join('|')})(/|$)`, message: 'Another package is imported by its name: its exports are its door.' },
    { regex: `^@chatflow/[^/]+/(src|dist)(/|$)`, message: 'Another package is imported by its exports, not by its inner paths.' },
  ]
  if (forbidden.length > 0) {
    patterns.push({ regex: `^@chatflow/(${forbidden.join('|')})(/|$)`, message: `${from} may import only: ${allowed?.join(', ') || 'nothing of ours'}.` })
  }
  return patterns
}

const NODE: Pattern = { regex: '^node:', message: 'This code runs without Node.' }
const UNDER_THE_SCREEN: Pattern = { regex: '^(yjs|y-[a-z]+|lib0|@hocuspocus/.*|idb)(/|$)', message: 'Nothing that talks to Yjs or storage lives in a component.' }
const SYNC_FOLDER: Pattern = { regex: '(^|/)sync/', message: 'Components read the chat store and call its actions; src/sync is behind them.' }
const SCREEN: Pattern = { regex: '^(react|react-dom|zustand|@mui/.*|@emotion/.*)(/|$)', message: 'src/sync knows neither React nor the store.' }

const restrict = (...patterns: Pattern[]) => ({ 'no-restricted-imports': ['error', { patterns }] as ['error', { patterns: Pattern[] }] })

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'react', 'promise', 'vitest', 'jsx-a11y'],
  categories: { correctness: 'error', suspicious: 'off' },
  options: { typeAware: true, reportUnusedDisableDirectives: 'error', denyWarnings: true },
  env: { builtin: true, es2024: true },
  ignorePatterns: ['**/node_modules', '**/dist', '**/dist.next', 'data', '.tmp'],
  settings: { react: { version: '19.3.1' } },
  rules: {
    'eslint/eqeqeq': 'error',
    'eslint/no-var': 'error',
    'eslint/prefer-const': 'error',
    'eslint/no-restricted-globals': ['error', { name: 'event', message: 'Take the event as a parameter.' }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-floating-promises': ['error', { ignoreVoid: true }],
    'typescript/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    'typescript/await-thenable': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/unbound-method': 'off',
    'unicorn/no-useless-spread': 'off',
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'import/no-cycle': 'error',
    'import/no-self-import': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'react/rules-of-hooks': 'error',
    'react/exhaustive-deps': 'error',
    'react/react-in-jsx-scope': 'off',
    // Code for React's compiler, which is not used here.
    'react/incompatible-library': 'off',
    // Dialogs, and pages with one form, take the focus when they open.
    'jsx-a11y/no-autofocus': 'off',
    // Roles and names of the screen are fixed; the native elements behind them (output, select) look and behave otherwise.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
    'vitest/expect-expect': 'off',
    'vitest/valid-title': 'off',
    'vitest/require-mock-type-parameters': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
  },
  overrides: [
    ...PACKAGES.filter((name) => name !== 'shared' && name !== 'client').map((name) => ({ files: [`${name}/**/*.ts`], rules: restrict(...boundary(name)) })),
    { files: ['shared/**/*.ts'], rules: restrict(...boundary('shared'), NODE) },
    { files: ['shared/**/*.test.ts'], rules: restrict(...boundary('shared')) },
    { files: ['client/**/*.ts'], rules: restrict(...boundary('client'), NODE) },
    { files: ['client/src/sync/**/*.ts'], rules: restrict(...boundary('client'), NODE, SCREEN) },
    { files: ['client/**/*.tsx'], rules: restrict(...boundary('client'), NODE, UNDER_THE_SCREEN, SYNC_FOLDER) },
    // Playwright's fixtures are handed a function that it calls `use`.
    { files: ['e2e/harness/*.ts'], rules: { ...restrict(...boundary('e2e')), 'react/rules-of-hooks': 'off' } },
    // The one component file that builds the chat and hands it to the tree.
    { files: ['client/src/main.tsx'], rules: restrict(...boundary('client'), NODE, UNDER_THE_SCREEN) },
  ],
})
