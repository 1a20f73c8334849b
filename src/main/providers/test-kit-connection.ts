import { ok } from '../../shared/result.ts'
import type { Connection } from '../ports/provider.ts'

/** A connection of an account that never changes. */
export const fixedConnection = (apiAddress: string, key: string): Connection => ({
  apiAddress,
  readKey: async () => ok(key),
  objection: () => null
})
