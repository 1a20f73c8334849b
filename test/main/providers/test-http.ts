import { createHttpClient } from '../../../src/main/http/net-http-client.ts'
import type { Clock } from '../../../src/main/ports/clock.ts'
import type { HttpClient } from '../../../src/main/ports/http-client.ts'

/** The app's own client over Node's fetch, which notes nothing and repeats without chance. */
export const createTestHttp = (clock: Clock): HttpClient =>
  createHttpClient({
    fetch,
    fetchOnce: fetch,
    clock,
    random: () => 0,
    userAgent: 'test',
    log: { info: () => undefined, warn: () => undefined, bug: () => '' }
  })
