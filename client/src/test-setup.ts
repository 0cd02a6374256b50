import { configure } from '@testing-library/react'

/** As long as vitest's own waits: vitest.config.ts says why. */
configure({ asyncUtilTimeout: 20_000 })
