import { checkSeeds } from './check-seeds.ts'
import { FAILING_SEEDS } from './failing-seeds.ts'

checkSeeds(1, 2, FAILING_SEEDS)
