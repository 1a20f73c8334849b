import * as z from 'zod'
import { historyEventTypes } from '../catalogue/history-events.ts'
import { accountIdSchema } from './account.ts'
import { assetRefSchema, targetKindSchema } from './asset.ts'

export const historyEventTypeSchema = z.enum(historyEventTypes)

/** Plain facts of an event. No secret, no full URL, no response body (security F9). */
export const historyBodySchema = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  z.union([z.string().max(1000), z.number(), z.boolean(), z.null()])
)
export type HistoryBody = z.infer<typeof historyBodySchema>

/** What a use case hands to the journal. */
export const newHistoryEventSchema = z.strictObject({
  type: historyEventTypeSchema,
  /** Ties the records of one deletion or creation together. */
  operationId: z.string().max(40).nullable(),
  accountId: accountIdSchema.nullable(),
  accountName: z.string().max(80).nullable(),
  assetKind: targetKindSchema.nullable(),
  assetId: z.string().max(400).nullable(),
  assetName: z.string().max(500).nullable(),
  body: historyBodySchema
})
export type NewHistoryEvent = z.infer<typeof newHistoryEventSchema>

/**
 * One record. Order is `seq`, never time (security F2). `hash` covers every other field and `prevHash`, so a change
 * to a past record can be detected; the last records being cut off cannot.
 */
export const historyEventSchema = newHistoryEventSchema.extend({
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  /** Milliseconds since the run began; unaffected by changes of the clock. */
  monotonicMs: z.number().nonnegative(),
  runId: z.string().max(40),
  prevHash: z.string().length(64),
  hash: z.string().length(64)
})
export type HistoryEvent = z.infer<typeof historyEventSchema>

/** Newest first; `beforeSeq` pages backwards. */
export const historyQuerySchema = z.strictObject({
  search: z.string().max(200),
  accountId: accountIdSchema.nullable(),
  asset: assetRefSchema.nullable(),
  group: z.enum(['all', 'deletions', 'creations', 'uploads', 'elsewhere']),
  beforeSeq: z.number().int().positive().nullable(),
  limit: z.number().int().min(1).max(500)
})
export type HistoryQuery = z.infer<typeof historyQuerySchema>

export const historyPageSchema = z.strictObject({
  rows: z.array(historyEventSchema).max(500),
  hasMore: z.boolean()
})
export type HistoryPage = z.infer<typeof historyPageSchema>

/** What the timeline asks for: like a query without a search, as what was searched for is shown one by one. */
export const historyTimelineQuerySchema = historyQuerySchema.pick({
  accountId: true,
  group: true,
  beforeSeq: true,
  limit: true
})
export type HistoryTimelineQuery = z.infer<typeof historyTimelineQuerySchema>

/**
 * Neighbouring records of one kind, from one run of the app and about one account. Within what the query asks for,
 * every record from `oldestSeq` to `newestSeq` belongs to it.
 */
export const historyBundleSchema = z.strictObject({
  newestSeq: z.number().int().positive(),
  oldestSeq: z.number().int().positive(),
  counts: z.array(
    z.strictObject({ kind: targetKindSchema.nullable(), count: z.number().int().positive() })
  )
})
export type HistoryBundle = z.infer<typeof historyBundleSchema>

/** Newest first. Of each bundle only its newest record is among the rows. */
export const historyTimelineSchema = historyPageSchema.extend({
  bundles: z.array(historyBundleSchema).max(500)
})
export type HistoryTimeline = z.infer<typeof historyTimelineSchema>

/**
 * Result of walking the whole chain, and of comparing it with the end that the keychain remembers.
 *
 * - `behind`, `mismatch`: the remembered end is later than the last record, or another one, and nothing explains it.
 * - `restored`, `cleared`: so it is, but since then a backup was restored, or the history was cleared.
 * - `other-database`: an earlier version remembered one end for all databases, and that is not one of this.
 * - `none`: no end is remembered yet. `not-asked`: the keychain was not asked, or did not answer.
 */
export const historyCheckSchema = z.strictObject({
  isIntact: z.boolean(),
  checkedCount: z.number().int().nonnegative(),
  firstBadSeq: z.number().int().positive().nullable(),
  headHash: z.string().length(64).nullable(),
  remembered: z.enum([
    'matches',
    'behind',
    'mismatch',
    'restored',
    'cleared',
    'other-database',
    'none',
    'not-asked'
  ])
})
export type HistoryCheck = z.infer<typeof historyCheckSchema>
