import type { Connection } from '../../../src/main/ports/provider.ts'
import { ok } from '../../../src/shared/result.ts'

/** A connection of an account that never changes. */
export const fixedConnection = (apiAddress: string, key: string): Connection => ({
  apiAddress,
  readKey: async () => ok(key),
  objection: () => null
})
