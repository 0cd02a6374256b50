/** Writes docs/ACCESS.md from what the routes and `can()` say at present. */
import { accessPage } from '@chatflow/e2e/access-page'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

writeFileSync(join(root, 'docs/ACCESS.md'), await accessPage())
// The database in this process would keep it alive.
process.exit(0)
