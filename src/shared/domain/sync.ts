import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { accountIdSchema } from './account.ts'

/** How an account's library stands against the provider's. */
export const syncStatusSchema = z.strictObject({
  accountId: accountIdSchema,
  state: z.enum(['idle', 'running']),
  /** End of the last complete listing; null before the first. */
  asOfAt: z.iso.datetime().nullable(),
  /** Why the last try did not complete; null if it did. */
  lastError: appErrorSchema.nullable(),
  /** Rows of the last listing that could not be read, so were left out. */
  unreadableCount: z.number().int().nonnegative()
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
