import { BrowserReplicaStorage } from '../../platform/browser-replica-storage.ts'
import type { EngineRequest } from './engine-messages.ts'
import { SearchEngine } from './search-engine.ts'

/** The engine in a worker, so that reading and indexing cost the page no frames. The worker's name is that of the replicas. */
const engine = new SearchEngine(new BrowserReplicaStorage(self.name), (answer) => self.postMessage(answer))
addEventListener('message', ({ data }: MessageEvent<EngineRequest>) => engine.hear(data))
