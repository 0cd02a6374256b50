export { disposeInProcessDatabases, openInProcessDatabase } from './testing/in-process.ts'
export { freshDatabase, startPostgres, type TestPostgres } from './testing/start-postgres.ts'
export { TEST_POSTGRES, testDatabases, testPostgres, type TestDatabase } from './testing/test-databases.ts'
