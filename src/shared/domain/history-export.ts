import * as z from 'zod'
import { appErrorSchema } from '../errors.ts'
import { assetRefSchema } from './asset.ts'
import { historyFilterSchema } from './history.ts'

/** `report` is one page of HTML with everything in it, `pdf` the same printed. */
export const historyExportFormatSchema = z.enum(['report', 'pdf', 'csv', 'jsonl'])
export type HistoryExportFormat = z.infer<typeof historyExportFormatSchema>

/** Which records: all, what the timeline shows with its filters and search, or the story of one thing. */
export const historySelectionSchema = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('all') }),
  z.strictObject({ scope: z.literal('shown'), filter: historyFilterSchema }),
  z.strictObject({ scope: z.literal('story'), ref: assetRefSchema })
])
export type HistorySelection = z.infer<typeof historySelectionSchema>

const count = z.number().int().nonnegative()

/** What was saved. */
export const savedExportSchema = z.strictObject({
  /** Only its name; where it lies is the person's business. */
  fileName: z.string().max(400),
  /** Records in it. */
  count,
  /** A report shows the newest so many operations; there were more. Null: it shows all. */
  shortenedTo: count.nullable(),
  /** The first record whose hash, or the one before, does not match: the file holds it as it is. Null: all do. */
  brokenSeq: z.number().int().positive().nullable()
})
export type SavedExport = z.infer<typeof savedExportSchema>

/** How exporting the history stands. `stopped` and `failed` leave no file, and one that had the name as it was. */
export const historyExportSchema = z.strictObject({
  format: historyExportFormatSchema,
  state: z.enum(['preparing', 'writing', 'checking', 'saved', 'stopped', 'failed']),
  /** Records that are written, of all. */
  done: count,
  all: count,
  saved: savedExportSchema.nullable(),
  error: appErrorSchema.nullable()
})
export type HistoryExport = z.infer<typeof historyExportSchema>
