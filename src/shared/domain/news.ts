import * as z from 'zod'
import { targetRefSchema } from './asset.ts'
import { uploadIdSchema } from './local-video.ts'

/** What became of an asset without the person's doing, as the history says it. */
export const newsItemSchema = z.strictObject({
  what: z.enum(['ready', 'failed', 'vanished', 'returned']),
  ref: targetRefSchema,
  name: z.string().max(500),
  /** The provider's own words for a failure, as far as they are known. */
  reason: z.string().max(1000).nullable(),
  /** True for something that vanished after a deletion of this app whose answer was lost. */
  wasAsked: z.boolean(),
  /** Files in the person's buckets that it was made of, and that it no longer needs. */
  files: z
    .array(z.strictObject({ uploadId: uploadIdSchema, fileName: z.string().max(300) }))
    .max(10)
})
export type NewsItem = z.infer<typeof newsItemSchema>

/** Everything since the window was last told, oldest first, one entry for each asset. */
export const newsSchema = z.strictObject({
  items: z.array(newsItemSchema).max(500),
  hasMore: z.boolean(),
  /** Until when the window was told before; null if it never was. */
  sinceAt: z.iso.datetime().nullable()
})
export type News = z.infer<typeof newsSchema>
