import * as z from 'zod'
import { historyEventTypes, historyTopics } from '../catalogue/history-events.ts'
import { accountIdSchema } from './account.ts'
import { assetRefSchema, assetSchema, targetKindSchema } from './asset.ts'
import { personIdSchema } from './person.ts'

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
  /**
   * By a salted commitment `hash` covers what a record tells of people: `accountName`, `assetId`, `assetName` and the facts
   * that `keys` name. Once those were forgotten, the salt is gone and the commitment itself is kept. Records of earlier
   * versions have none.
   */
  seal: z
    .strictObject({
      keys: z.array(z.string().max(40)).max(100),
      salt: z.string().max(64).nullable(),
      hash: z.string().max(64).nullable()
    })
    .optional(),
  /** Names in it were forgotten: by the record of this number, at its time. */
  forgotten: z
    .strictObject({ by: z.number().int().nonnegative(), at: z.string().max(40) })
    .optional(),
  /** Below 0 for records of other computers; see `history-chains.ts`. */
  seq: z.number().int(),
  at: z.iso.datetime(),
  /** Milliseconds since the run began; unaffected by changes of the clock. */
  monotonicMs: z.number().nonnegative(),
  runId: z.string().max(40),
  prevHash: z.string().length(64),
  hash: z.string().length(64)
})
export type HistoryEvent = z.infer<typeof historyEventSchema>

/** What happened; `elsewhere`: by whom or what, this app does not know. */
const historyGroups = ['all', ...historyTopics, 'elsewhere'] as const

/** Newest first; `beforeSeq` pages backwards. */
export const historyQuerySchema = z.strictObject({
  search: z.string().max(200),
  accountId: accountIdSchema.nullable(),
  asset: assetRefSchema.nullable(),
  group: z.enum(historyGroups),
  beforeSeq: z.number().int().nullable(),
  limit: z.number().int().min(1).max(500)
})
export type HistoryQuery = z.infer<typeof historyQuerySchema>

export const historyPageSchema = z.strictObject({
  rows: z.array(historyEventSchema).max(500),
  hasMore: z.boolean()
})
export type HistoryPage = z.infer<typeof historyPageSchema>

/** What the timeline asks for; what was searched for is shown one by one. Null: any. */
export const historyTimelineQuerySchema = historyQuerySchema
  .pick({ search: true, accountId: true, group: true, beforeSeq: true, limit: true })
  .extend({
    /** Only what is about something that is tied to this person now. */
    personId: personIdSchema.nullable(),
    kind: targetKindSchema.nullable(),
    outcome: z.enum(['good', 'warn', 'bad']).nullable(),
    /** `here`: not what came up elsewhere. */
    by: z.enum(['here', 'elsewhere']).nullable(),
    /** From this instant on, and before that one. */
    fromAt: z.iso.datetime().nullable(),
    untilAt: z.iso.datetime().nullable()
  })
export type HistoryTimelineQuery = z.infer<typeof historyTimelineQuerySchema>

/** What the chart asks for: what the timeline is narrowed by. */
export const historyChartQuerySchema = historyTimelineQuerySchema.omit({
  beforeSeq: true,
  limit: true
})
export type HistoryChartQuery = z.infer<typeof historyChartQuerySchema>

const tally = z.number().int().nonnegative()

/** How many operations of the timeline, or records that are searched for, stand in a stretch of time. */
export const historyCountsSchema = z.strictObject({
  count: tally,
  /** How many things were deleted by those operations. */
  deleted: tally,
  /** Those that failed, and those that came up elsewhere. */
  failed: tally,
  elsewhere: tally
})
export type HistoryCounts = z.infer<typeof historyCountsSchema>

/** Bars beside each other, oldest first, each from an instant until right before another. */
export const historyChartSchema = z.strictObject({
  of: z.enum(['operations', 'records']),
  /** How long a bar is; the first and the last may be cut. */
  unit: z.enum(['day', 'week', 'month', 'year']),
  bars: z
    .array(historyCountsSchema.extend({ fromAt: z.iso.datetime(), untilAt: z.iso.datetime() }))
    .max(2000)
})
export type HistoryChart = z.infer<typeof historyChartSchema>
export type HistoryBar = HistoryChart['bars'][number]

/** What a person narrowed the timeline by. */
export const historyFilterSchema = historyTimelineQuerySchema
  .omit({ beforeSeq: true, limit: true })
  .extend({
    /** The days up to now, however often they are shown; null: the time is chosen by `fromAt` and `untilAt`. */
    lastDays: z.union([z.literal(7), z.literal(30), z.literal(365)]).nullable()
  })
export type HistoryFilter = z.infer<typeof historyFilterSchema>

/** A filter of the history under a name, as it stands in the side bar. */
export const historyViewSchema = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  filter: historyFilterSchema
})
export type HistoryView = z.infer<typeof historyViewSchema>

/**
 * One operation: everything of one confirmed plan with its answers and follow-up checks, the making of one thing, what one
 * listing found; or a single record. Its records stay as they are and are had by `history:parts`.
 */
export const historyLineSchema = z.strictObject({
  /** The number of its first record. */
  id: z.number().int(),
  /** Where it stands; the next page begins before that of the last line. */
  place: z.number().int(),
  /** The computer that it came from with a backup; null: this one. */
  computer: z.string().max(40).nullable(),
  /** It is of an account with sample data of that other computer. */
  isSample: z.boolean(),
  /** The newest record that says something new. The timeline is in the order of these. */
  head: historyEventSchema,
  count: z.number().int().positive(),
  startedAt: z.iso.datetime(),
  outcome: z.enum(['quiet', 'busy', 'good', 'warn', 'bad']),
  /** A change that came up elsewhere and was not acknowledged; in the inbox, whatever was not read. */
  isNew: z.boolean(),
  /** The confirmed plan that it is; null for anything else. */
  batchId: z.string().max(1000).nullable(),
  posterId: z.string().nullable(),
  /** Of the first thing in it, as the library has it now; null: the library does not keep it. */
  presence: z.enum(['listed', 'gone']).nullable(),
  /** The first few different names in it. */
  names: z.array(z.string().max(500)).max(3),
  accountName: z.string().max(80).nullable(),
  /** How many things of each kind it is about; empty for a single record. */
  kinds: z.partialRecord(z.union([targetKindSchema, z.literal('other')]), tally),
  /** How many of its deletions stand where. */
  standings: z.partialRecord(
    z.enum(['open', 'accepted', 'deleted', 'kept', 'unclear', 'canceled']),
    tally
  ),
  /** Follow-up checks by what they showed. */
  checks: z.record(z.string(), tally),
  /** How many links of what was deleted were online when they were last checked. */
  onlineCount: tally
})
export type HistoryLine = z.infer<typeof historyLineSchema>

/** Newest first. */
export const historyTimelineSchema = z.strictObject({
  lines: z.array(historyLineSchema).max(500),
  hasMore: z.boolean()
})
export type HistoryTimeline = z.infer<typeof historyTimelineSchema>

/** Asks for what is in the inbox; `beforeSeq` pages backwards by the heads. */
export const inboxQuerySchema = historyTimelineQuerySchema.pick({ beforeSeq: true, limit: true })
export type InboxQuery = z.infer<typeof inboxQuerySchema>

/** The story of one thing; the newest `limit` records of it. */
export const historyStorySchema = historyPageSchema.extend({
  /** As the library has it now; null: it never had it, or its account is gone. */
  asset: assetSchema.nullable()
})
export type HistoryStory = z.infer<typeof historyStorySchema>

/** Asks for the records of one operation; `beforeSeq` pages backwards. */
export const historyPartsQuerySchema = z.strictObject({
  id: z.number().int(),
  beforeSeq: z.number().int().nullable(),
  limit: z.number().int().min(1).max(500)
})
export type HistoryPartsQuery = z.infer<typeof historyPartsQuerySchema>

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
  /** The chains of other computers, as backups brought them; each is whole for itself. */
  others: z.array(
    z.strictObject({
      computer: z.string().max(40),
      isIntact: z.boolean(),
      checkedCount: z.number().int().nonnegative(),
      /** By the chain's own count. */
      firstBadSeq: z.number().int().positive().nullable()
    })
  ),
  remembered: z.enum([
    'matches',
    'behind',
    'mismatch',
    'restored',
    'cleared',
    'other-database',
    'none',
    'not-asked'
  ]),
  /** Records in which names were forgotten: what stood there cannot be checked. */
  forgottenCount: z.number().int().nonnegative(),
  /** When the last of them was. */
  forgottenAt: z.iso.datetime().nullable()
})
export type HistoryCheck = z.infer<typeof historyCheckSchema>
