import { z } from 'zod'

/** zod would try whether it may evaluate code. The page's policy forbids it, and reports the attempt; to be imported before any schema is made. */
z.config({ jitless: true })
