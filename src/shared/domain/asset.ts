import * as z from 'zod'
import { accountIdSchema } from './account.ts'

/** What can be owned. Tavus says "replica", lately also "face", for the same thing. */
export const assetKindSchema = z.enum(['replica', 'video'])
export type AssetKind = z.infer<typeof assetKindSchema>

/** An id as the provider gave it; the pattern keeps it a single, harmless path segment (security R1). */
export const assetIdSchema = z
  .string()
  .regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}$/)
  .brand<'AssetId'>()
export type AssetId = z.infer<typeof assetIdSchema>

/** Points at one asset of one account. */
export const assetRefSchema = z.strictObject({
  accountId: accountIdSchema,
  kind: assetKindSchema,
  id: assetIdSchema
})
export type AssetRef = z.infer<typeof assetRefSchema>

/**
 * Where an asset stands, as the app understands the provider's words.
 *
 * `preview`: phoenix-4.5 is usable but still being tuned, so not done. `other`: a word we do not know, shown as it
 * is (`statusRaw`) and counted as unfinished.
 */
export const assetStatusSchema = z.enum([
  'training',
  'preview',
  'ready',
  'failed',
  'deleted',
  'other'
])
export type AssetStatus = z.infer<typeof assetStatusSchema>

/** True while the provider still works on the asset, so it is worth watching. */
export const isUnfinished = (status: AssetStatus): boolean =>
  status === 'training' || status === 'preview' || status === 'other'

/** What became of the last deletion asked for an asset, while that still matters to the reader. */
export const assetDeletionSchema = z.strictObject({
  mode: z.enum(['soft', 'permanent']),
  state: z.enum(['in-flight', 'unclear', 'asked-still-listed']),
  askedAt: z.iso.datetime()
})
export type AssetDeletion = z.infer<typeof assetDeletionSchema>

/** An asset as last seen. Times ISO 8601 UTC; `progress` in percent, 0 to 100. */
export const assetSchema = z.strictObject({
  ref: assetRefSchema,
  name: z.string().max(500),
  status: assetStatusSchema,
  /** The provider's own word for the status. */
  statusRaw: z.string().max(100),
  progress: z.number().min(0).max(100).nullable(),
  model: z.string().max(100).nullable(),
  /** `own`: made by the account. `stock`: the provider's, for everyone. Null: not told. */
  origin: z.enum(['own', 'stock']).nullable(),
  createdAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  /** The provider's sentence about a failure, redacted. */
  errorMessage: z.string().max(1000).nullable(),
  /** Id for `media://`, or null if no thumbnail is known. Never a URL. */
  posterId: z
    .string()
    .regex(/^[a-f0-9]{32}$/)
    .nullable(),
  /** `listed`: in the last complete listing. `gone`: deleted or vanished; kept for the history. */
  presence: z.enum(['listed', 'gone']),
  deletion: assetDeletionSchema.nullable(),
  firstSeenAt: z.iso.datetime(),
  /** "As of": the last time the provider spoke of this asset. */
  lastSeenAt: z.iso.datetime()
})
export type Asset = z.infer<typeof assetSchema>

/** What the library is asked for. `limit` at most 500 rows; the window asks in ranges. */
export const assetQuerySchema = z.strictObject({
  kind: assetKindSchema,
  accountId: accountIdSchema.nullable(),
  origin: z.enum(['own', 'stock', 'all']),
  statuses: z.array(assetStatusSchema).max(6).nullable(),
  presence: z.enum(['listed', 'gone', 'all']),
  /** Free text over name and id; empty finds all. */
  search: z.string().max(200),
  sort: z.enum(['created-desc', 'created-asc', 'name-asc', 'name-desc', 'status']),
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(500)
})
export type AssetQuery = z.infer<typeof assetQuerySchema>

export const assetPageSchema = z.strictObject({
  total: z.number().int().nonnegative(),
  rows: z.array(assetSchema).max(500)
})
export type AssetPage = z.infer<typeof assetPageSchema>

/** How many listed assets there are, for the side bar and the filters. */
export const assetCountsSchema = z.strictObject({
  replica: z.strictObject({
    own: z.number().int(),
    stock: z.number().int(),
    ready: z.number().int(),
    unfinished: z.number().int(),
    failed: z.number().int()
  })
})
export type AssetCounts = z.infer<typeof assetCountsSchema>
