import { createMemoryLimits } from './memory-limits.ts'
import { rateLimitsContract } from './testing/rate-limits-contract.ts'

rateLimitsContract('in memory', createMemoryLimits)
