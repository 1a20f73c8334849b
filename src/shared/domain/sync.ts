import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { accountIdSchema } from './account.ts'

/** So many rows and pages that were too large are named. */
export const mostTooLarge = 20

/** A row of a list, or a whole page of it, that was larger than what is read of an answer. */
export const tooLargeSchema = z.strictObject({
  list: z.enum([
    'replicas',
    'videos',
    'voices',
    'personas',
    'conversations',
    'trainings',
    'deployments',
    'predictions',
    'versions',
    'files'
  ]),
  /** Counted from 1. */
  page: z.number().int().positive(),
  /** The row's place in the list, counted from 1; null if the whole page is meant. */
  position: z.number().int().positive().nullable(),
  /** What the answer began with says whose row it is; null if it does not. For versions, their model. */
  id: z.string().max(260).nullable()
})
/** What was too large to be read; see `tooLargeSchema`. */
export type TooLarge = z.infer<typeof tooLargeSchema>

/** How an account's library stands against the provider's. */
export const syncStatusSchema = z.strictObject({
  accountId: accountIdSchema,
  state: z.enum(['idle', 'running']),
  /** End of the last complete listing; null before the first. */
  asOfAt: z.iso.datetime().nullable(),
  /**
   * Why the last try did not complete; null if it did. `canceled`: the person stopped it. With `rate-limited`,
   * `waitsUntilAt` says from when on it may be tried again.
   */
  lastError: appErrorSchema.nullable(),
  /** Rows of the last listing that could not be read, so were left out. */
  unreadableCount: z.number().int().nonnegative(),
  /** Items that the refresh under way, or the last one, took from the provider's lists so far. */
  readCount: z.number().int().nonnegative(),
  /** Until when the provider asks to wait; the refresh goes on then. Null: it asks for nothing. */
  waitsUntilAt: z.iso.datetime().nullable(),
  /** Rows and pages of the last listing that were too large to be read. */
  tooLarge: z.array(tooLargeSchema).max(200)
})
export type SyncStatus = z.infer<typeof syncStatusSchema>
