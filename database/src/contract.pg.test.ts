import { databaseContract } from './contract.ts'
import { openDatabase } from './database.ts'
import { freshDatabase, testPostgres } from './testing.ts'

databaseContract('Postgres', async () => openDatabase({ url: await freshDatabase(await testPostgres()) }))
