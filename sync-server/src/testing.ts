/** For tests of this and other packages: the parts of one instance, and the tables that auth-server owns. */
export { migrateSync } from './migrate-sync.ts'
export { SyncCore, type SyncCoreOptions } from './sync-core.ts'
export type { ServerSocket } from './socket/accept-socket.ts'
export { bootstrapRooms } from './http/read-model.ts'
export { addUser, migrateAuthStandIn } from './testing/people.ts'
export { startIndexer } from './search/indexer.ts'
export { testGuard } from './testing/web-server.ts'
export { readZip } from './testing/read-zip.ts'
